import { titleOf } from '../model/expectation-kinds.ts';
import type { Expectation } from '../model/expectation.ts';
import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';

/** Why nothing is judged of what a run didn't come to. */
export const INTERRUPTED =
  'The run was interrupted; what it recorded until then is in the run folder.';

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
