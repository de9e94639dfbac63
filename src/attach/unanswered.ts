import type { NoAnswer, NotJudged } from '../model/attach.ts';

/**
 * What of a part of the judgement wasn't answered; where nothing of it was, the part is missing.
 * @param part in words, e.g. `the panels`
 * @param asked how many questions the part had
 */
export function unansweredOf(
  part: string,
  failed: { what: string; why: string }[],
  asked: number,
): NotJudged[] {
  const decisive = failed.length === asked;
  const [first] = failed;
  // A program that refuses everything says the same of each.
  const isOne = decisive && asked > 1 && new Set(failed.map(({ why }) => why)).size === 1;
  return isOne && first
    ? [{ what: `${part}, all ${asked} questions`, why: first.why, decisive }]
    : failed.map((one) => ({ ...one, decisive }));
}

/** Why there is no answer, and what to do about it. */
export function whyOf({ error, mend }: NoAnswer): string {
  return mend === undefined ? error : `${error}. ${mend}`;
}
