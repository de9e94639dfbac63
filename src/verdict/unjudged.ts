import { titleOf } from '../model/expectation-kinds.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';

/** A verdict that couldn't be reached: on what, by the name that people know, and why. */
export function unjudged(
  expectation: Expectation,
  name: string,
  { source, seen, likelyCause }: Pick<Finding, 'source' | 'seen' | 'likelyCause'>,
): Verdict {
  return {
    expectation,
    outcome: 'inconclusive',
    finding: {
      id: 'could-not-judge',
      title: `${name} could not be judged`,
      source,
      query: null,
      expected: titleOf(expectation),
      seen,
      likelyCause,
    },
  };
}
