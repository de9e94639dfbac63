import { GAUGE_FUNCTIONS } from '../../../promql/functions.ts';
import { sayCallsOf } from '../../common/calls-over-ranges.ts';
import type { Rule } from '../../rule.ts';

export const deltaOfCounter: Rule = {
  id: 'promql/delta-of-counter',
  level: 'warning',
  title: 'A difference of a counter',
  why:
    '`delta`, `deriv` and `predict_linear` know nothing of resets: after a restart they give ' +
    'a large negative value.',
  mend: 'Use `increase` or `rate` for a counter.',
  check: (stack, say) => sayCallsOf('counter', GAUGE_FUNCTIONS, stack, say),
};
