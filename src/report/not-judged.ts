import { harmless, labelled } from './text.ts';

/** What couldn't be judged and why, a line of prose each. */
export function notJudgedLines(
  notJudged: readonly { what: string; why: string }[],
  width: number,
): string[] {
  return notJudged.flatMap(({ what, why }) =>
    labelled('not judged', `${harmless(what)}: ${harmless(why)}`, {
      indent: 0,
      labelWidth: 12,
      width,
    }),
  );
}
