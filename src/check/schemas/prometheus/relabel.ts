import type { Fields } from '../shape.ts';

/** What relabelling can do (model/relabel). */
export const RELABEL_ACTIONS = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const;

/** One step of relabelling; what each action needs beside is judged by a rule of its own. */
export const relabel: Fields = {
  fields: {
    source_labels: { list: 'text' },
    separator: 'text',
    regex: 'pattern',
    modulus: 'whole',
    target_label: 'text',
    replacement: 'text',
    action: { oneOf: RELABEL_ACTIONS, anyCase: true },
  },
};
