import { groupBy } from '../lib/group-by.ts';
import { titleOf } from '../model/expectation-kinds.ts';
import { subjectId } from '../model/expectation.ts';
import type { Plan } from '../model/plan.ts';
import type { Judgement, Verdict } from '../model/verdict.ts';
import { causesOf } from './causes.ts';
import { COLUMNS, MARKS, isKnown } from './columns.ts';
import { findingText, grouped } from './findings-text.ts';
import { metricTable } from './metric-table.ts';
import { panelTable } from './panel-table.ts';
import { provedLines } from './proved.ts';
import { verdictTable } from './table.ts';
import { colors, count, harmless, labelled, proseWidth, seconds, wrap } from './text.ts';
import type { Colors } from './text.ts';
import { verdictsAbout, verdictsOf } from './verdicts-about.ts';

export interface TerminalOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  runDir: string;
  /** The tables of all that was judged too. */
  verbose: boolean;
}

const EXIT_MEANING = { 0: 'everything is proven', 1: 'something failed', 2: "couldn't judge" };

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
    conclusion(judgement, c, width, options.runDir, options.verbose),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** All that was judged, one row each, with what the columns mean. */
function tables(judgement: Judgement, plan: Plan, c: Colors, width: number): string[] {
  const has = (about: 'alert' | 'metric' | 'panel'): boolean =>
    verdictsAbout(judgement, about).length > 0;
  return [
    ...(has('alert') ? [verdictTable(judgement, plan, c, width)] : []),
    ...(has('metric') ? [metricTable(judgement, c, width)] : []),
    ...(has('panel') ? [panelTable(judgement, c)] : []),
    [...others(judgement, proseWidth(width)), ...legend(judgement, c, proseWidth(width))].join(
      '\n',
    ),
  ];
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

/** Expectations that have no column: each by name, so that none is lost. */
function others(judgement: Judgement, width: number): string[] {
  const unknown = [...verdictsAbout(judgement, 'alert'), ...verdictsAbout(judgement, 'run')].filter(
    (v) => !isKnown(v.expectation),
  );
  return [...groupBy(unknown, (v) => titleOf(v.expectation))].flatMap(([name, own]) => {
    return (['fail', 'inconclusive', 'pass'] as const).flatMap((outcome) => {
      const tracks = own.filter((v) => v.outcome === outcome);
      const text = tracks
        .map(
          (v) =>
            subjectId(v.expectation.subject) + (v.measured === undefined ? '' : ` (${v.measured})`),
        )
        .join(', ');
      return tracks.length === 0 ? [] : wrap(`other: ${MARKS[outcome]} ${name}: ${text}`, width);
    });
  });
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

function legend(judgement: Judgement, c: Colors, width: number): string[] {
  // Of the columns only those where something went wrong are explained: nobody reads the others.
  const used = COLUMNS.filter((column) =>
    judgement.verdicts.some((v) => v.outcome !== 'pass' && column.shows(v.expectation)),
  );
  const marks =
    `${MARKS.pass} kept, ${MARKS.fail} broken, ${MARKS.inconclusive} couldn't be judged, · ` +
    "doesn't apply. Figures are times of the run; n× are evaluations or notifications.";
  const columns = used.map((column) => `${column.short}: ${column.legend}.`);
  return [marks, ...columns].flatMap((text) => wrap(text, width)).map((line) => c.dim(line));
}

function conclusion(
  judgement: Judgement,
  c: Colors,
  width: number,
  runDir: string,
  verbose: boolean,
): string {
  const { counts } = judgement;
  const total = counts.pass + counts.fail + counts.inconclusive;
  const part = judgement.selection === null ? '' : 'PARTLY ';
  const word = {
    pass: c.bold(c.green(`${part}PASSED`)),
    fail: c.bold(c.red('FAILED')),
    inconclusive: c.bold(c.yellow('INCONCLUSIVE')),
  }[judgement.outcome];
  const ratio =
    judgement.criticalPathMs > 0
      ? `, ${(judgement.wallMs / judgement.criticalPathMs).toFixed(2)} × the critical path of ` +
        `${seconds(judgement.criticalPathMs)}`
      : '';
  const line =
    `${word}: ${counts.fail} failed, ${counts.inconclusive} inconclusive, ${counts.pass} ` +
    `passed of ${count(total, 'expectation')}; ${seconds(judgement.wallMs)}${ratio}`;
  const versions = Object.entries(judgement.versions)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return [
    ...wrap(line, width),
    ...(judgement.selection === null
      ? []
      : wrap(`  Only a part of the stack was proved: ${judgement.selection}`, width).map((text) =>
          c.yellow(text),
        )),
    // Paths and commands are not wrapped: they have to be copied in one piece.
    `  run folder   ${runDir}`,
    `  report       ${runDir.replace(/\/$/, '')}/report.html`,
    `  judge again  npm run judge -- ${quoted(runDir)}`,
    `  exit code    ${judgement.exitCode}: ${EXIT_MEANING[judgement.exitCode]}`,
    ...(versions === '' || !verbose
      ? []
      : labelled('versions', versions, { indent: 2, labelWidth: 13, width })),
  ].join('\n');
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
