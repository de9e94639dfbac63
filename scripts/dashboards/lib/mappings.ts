import type { ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { COLOURS } from './limits.ts';

/** What is either up or down, as a word in its colour. */
export const UP_OR_DOWN: ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      '0': { text: 'DOWN', color: COLOURS.critical, index: 0 },
      '1': { text: 'UP', color: COLOURS.good, index: 1 },
    },
  },
];
