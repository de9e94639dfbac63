import { sayRangesOf } from '../../common/calls-over-ranges.ts';
import type { Rule } from '../../rule.ts';

export const rangeUnderFour: Rule = {
  id: 'promql/range-under-four-scrapes',
  level: 'advice',
  title: 'A range of fewer than four scrapes',
  why:
    'One scrape that fails or comes late leaves a single sample, and with it no value: the ' +
    'alert begins anew, the panel has a gap.',
  mend: 'Make the range at least four scrape intervals long.',
  check: (stack, say) => sayRangesOf([2, 4], stack, say),
};
