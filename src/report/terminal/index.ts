import { titleOf } from '../../model/expectation-kinds.ts';
import { subjectId } from '../../model/expectation.ts';
import type { Plan } from '../../model/plan.ts';
import type { Judgement, Verdict } from '../../model/verdict.ts';
import { causesOf } from '../causes.ts';
import { MARKS } from '../columns.ts';
import { findingText, grouped } from '../findings-text.ts';
import { colors, harmless, labelled, proseWidth, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { verdictsOf } from '../verdicts-about.ts';
import { conclusion } from './conclusion.ts';
import { provedLines } from './proved.ts';
import { tables } from './tables.ts';

export interface TerminalOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  runDir: string;
  /** The tables of all that was judged too. */
  verbose: boolean;
}

/**
 * What an engineer reads after a run: each cause in full with what followed from it, what couldn't
 * be judged, what was proved, and the verdict; the tables before that, where they are asked for.
 */
export function terminalReport(judgement: Judgement, plan: Plan, options: TerminalOptions): string {
  const c = colors(options.color);
  const width = proseWidth(options.width);
  const causes = causesOf(judgement.verdicts.filter((v) => v.outcome === 'fail'));
  const open = grouped(judgement.verdicts.filter((v) => v.outcome === 'inconclusive'));
  const parts = [
    heading(judgement, c, width),
    ...(options.verbose ? tables(judgement, plan, c, options.width) : []),
    ...causes.map(({ lead, followers }, i) =>
      [
        findingText([lead], `${MARKS.fail} ${i + 1}/${causes.length}`, { width, colors: c }),
        ...followersText(lead, followers, c, width),
      ].join('\n'),
    ),
    ...open.map((group, i) =>
      findingText(group, `${MARKS.inconclusive} ${i + 1}/${open.length}`, { width, colors: c }),
    ),
    [
      ...provedLines(judgement).flatMap((line) => wrap(`${MARKS.pass} ${line}`, width)),
      ...notJudged(judgement, plan, width),
      ...judgement.notJudged.flatMap(({ what, why }) =>
        wrap(`Not judged: ${what}: ${why}.`, width),
      ),
    ].join('\n'),
    conclusion(judgement, c, { ...options, width }),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What followed from a cause: which expectations of which instances. */
function followersText(
  { expectation: leading }: Verdict,
  followers: Verdict[],
  c: Colors,
  width: number,
): string[] {
  const words = followers.map(({ expectation }) =>
    subjectId(expectation.subject) === subjectId(leading.subject)
      ? titleOf(expectation)
      : `${titleOf(expectation)} (${subjectId(expectation.subject)})`,
  );
  return words.length === 0
    ? []
    : labelled('so too', words.join(', '), { indent: 2, labelWidth: 10, width, paint: c.dim });
}

function heading(judgement: Judgement, c: Colors, width: number): string {
  const speed =
    judgement.speed === 1
      ? 'at real time'
      : `at speed ${judgement.speed}: 1 s of the run is ${judgement.speed} s of the stack's own time`;
  const lines = wrap(`${judgement.stackName}, run ${judgement.runId}, ${speed}`, width).map(
    (line) => c.bold(line),
  );
  if (judgement.interruption !== null)
    lines.push(
      ...wrap(`The run was interrupted: ${harmless(judgement.interruption)}`, width).map((line) =>
        c.yellow(line),
      ),
    );
  return lines.join('\n');
}

/**
 * Tracks of the plan without any verdict: said aloud, for a missing row is easily taken for a good
 * one.
 */
function notJudged(judgement: Judgement, plan: Plan, width: number): string[] {
  const missing = plan.tracks
    .filter((track) => verdictsOf(judgement.verdicts, track.id).length === 0)
    .map((track) => track.id);
  return missing.length === 0 ? [] : wrap(`Not judged at all: ${missing.join(', ')}`, width);
}
