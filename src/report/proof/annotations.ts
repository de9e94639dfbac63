import type { ProofJudgement } from '../../model/proof-verdict.ts';
import { placedCommand } from '../annotations.ts';
import type { Places } from '../annotations.ts';
import {
  UNSOLVED,
  doubtsOf,
  findingsOf,
  interruptedText,
  outcomeOfUnsolved,
  titleOf,
} from './words.ts';

/**
 * A proof as GitHub's workflow commands, one a line: errors at the place to mend, warnings for what
 * wasn't judged.
 */
export function proofAnnotations(judgement: ProofJudgement, places: Places): string[] {
  const failures = findingsOf(judgement).filter(({ finding }) => finding.level === 'failure');
  return [
    ...failures.map((owned) => {
      const { expected, seen, likelyCause, source } = owned.finding;
      const text = `expected: ${expected}\nseen: ${seen}\nlikely cause: ${likelyCause}`;
      return placedCommand('error', titleOf(owned), text, source, places);
    }),
    ...judgement.unsolved.map((unsolved) => {
      const { alert, kind, reason } = unsolved;
      const source = { file: alert.file, line: alert.line, column: 1 };
      const level = outcomeOfUnsolved(unsolved) === 'fail' ? 'error' : 'warning';
      return placedCommand(level, `${alert.name} ${UNSOLVED[kind]}`, reason, source, places);
    }),
    ...(judgement.interruption === null
      ? []
      : [
          placedCommand(
            'warning',
            'interrupted',
            interruptedText(judgement.interruption),
            null,
            places,
          ),
        ]),
    ...doubtsOf(judgement).map(({ why, names }) =>
      placedCommand(
        'warning',
        `${names.length} could not be judged`,
        `${why}\nall of: ${names.join(', ')}`,
        null,
        places,
      ),
    ),
  ];
}
