import { sayRangesOf } from '../../common/calls-over-ranges.ts';
import type { Rule } from '../../rule.ts';

export const rangeUnderTwo: Rule = {
  id: 'promql/range-under-two-scrapes',
  level: 'error',
  title: 'A range that does not hold two samples',
  why:
    'Two samples are needed for a difference; with fewer there is no value, so the alert ' +
    'never fires and the panel has gaps or nothing.',
  mend: 'Make the range at least four scrape intervals long.',
  check: (stack, say) => sayRangesOf([0, 2], stack, say),
};
