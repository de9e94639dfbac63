import { withoutIgnored } from '../check/index.ts';
import type { CheckFile, UnreadFile } from '../model/check.ts';
import type { ProofJudgement } from '../model/proof-verdict.ts';

export const LET_IT_BE_READ =
  'Let this user read it, or call the command as a user who may; what is none of the stack may ' +
  'be named under `ignore` in its check.yaml.';

/**
 * What the system doesn't let be read, in words: whatever is there can't be judged. Undefined:
 * nothing.
 */
export function refusedWords(unread: UnreadFile[]): string | undefined {
  const [first, ...others] = unread.filter(({ reason }) => reason === 'refused');
  if (!first) return undefined;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `what is in ${first.file} can't be judged${more}: ${first.why ?? 'it is refused'}`;
}

/** The same of a folder that was read. */
export function refusedIn(folder: CheckFile[]): string | undefined {
  return refusedWords(
    withoutIgnored(folder).flatMap(({ path, unseen, unreadable: why = '' }) =>
      unseen === 'refused' ? [{ file: path, reason: unseen, why }] : [],
    ),
  );
}

/**
 * A judgement on what could be read of a stack: of the whole it is no pass.
 * @param refused what couldn't be; undefined: nothing
 */
export function ofWhatWasRead(
  judgement: ProofJudgement,
  refused: string | undefined,
): ProofJudgement {
  if (refused === undefined) return judgement;
  const notes = [...judgement.notes, refused];
  return judgement.exitCode === 0
    ? { ...judgement, notes, outcome: 'inconclusive', exitCode: 2 }
    : { ...judgement, notes };
}
