import type { FilesVerdict, Judgement } from '../model/verdict.ts';

/**
 * The judgement with what became of the stack's files beside the run: what is wrong in them fails a
 * run that passed otherwise, and what couldn't be checked is not proved.
 */
export function withFiles(judgement: Judgement, files: FilesVerdict): Judgement {
  const judged = { ...judgement, files };
  if (judgement.outcome !== 'pass') return judged;
  if (files.wrong > 0) return { ...judged, outcome: 'fail', exitCode: 1 };
  if (files.unchecked !== null) return { ...judged, outcome: 'inconclusive', exitCode: 2 };
  return judged;
}
