import { COUNTER_FUNCTIONS } from '../../../promql/functions.ts';
import { sayCallsOf } from '../../common/calls-over-ranges.ts';
import type { Rule } from '../../rule.ts';

export const rateOfGauge: Rule = {
  id: 'promql/rate-of-gauge',
  level: 'error',
  title: 'A rate of a gauge',
  why:
    '`rate`, `irate` and `increase` take each fall for a counter that began anew, so a gauge ' +
    'that goes up and down seems to grow for ever.',
  mend: 'Use `deriv` or `delta` for a gauge, or the counter that belongs to it.',
  check: (stack, say) => sayCallsOf('gauge', COUNTER_FUNCTIONS, stack, say),
};
