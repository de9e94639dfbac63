import { formatSource } from '../model/source.ts';
import { titleOf } from '../model/expectation-kinds.ts';
import { subjectId } from '../model/expectation.ts';
import type { Judgement, Outcome, Verdict } from '../model/verdict.ts';
import { findingOf } from './findings-text.ts';
import { markdown, table } from './markdown.ts';
import { count, seconds } from './text.ts';

/**
 * GitHub shows at most 1 MiB of a step's summary, and nobody reads that far; the report has all.
 */
const MOST_ROWS = 100;

const LINES: Record<Outcome, string> = {
  pass: '✅ Everything is proven',
  fail: '❌ A promise is broken',
  inconclusive: '⚠️ It could not be judged',
};
const PART = '✅ What was asked for is proven';

/**
 * The judgement as a page of Markdown, for GitHub's step summary or a comment: the verdict, the
 * counts, what didn't pass, versions.
 */
export function markdownSummary(judgement: Judgement, stackPath: string): string {
  const parts = [
    heading(judgement),
    counted(judgement),
    ...limits(judgement),
    ...openRows(judgement, stackPath),
    ...notJudgedAtAll(judgement),
    ...versionsOf(judgement),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading({ outcome, selection, stackName }: Judgement): string {
  const line = outcome === 'pass' && selection !== null ? PART : LINES[outcome];
  return `## ${line}: ${markdown(stackName)}`;
}

function counted({ counts, runId, speed, wallMs }: Judgement): string {
  const pace = speed === 1 ? 'at real time' : `${speed} times as fast as real time`;
  return (
    `${count(counts.pass, 'expectation')} met, ${counts.fail} failed, ${counts.inconclusive} ` +
    `could not be judged. Run ${markdown(runId)}, ${pace}, ${seconds(wallMs)}.`
  );
}

/** What keeps the judgement from being one on the whole stack. */
function limits({ selection, interruption, files }: Judgement): string[] {
  return [
    ...(selection === null
      ? []
      : [`Only a part of the stack was to be proved: ${markdown(selection)}.`]),
    ...(interruption === null ? [] : [`The run ended early: ${markdown(interruption)}.`]),
    ...(files && files.wrong > 0
      ? [`${count(files.wrong, 'thing is', 'things are')} wrong in the stack's files.`]
      : []),
    ...(files?.unchecked == null
      ? []
      : [`The stack's files couldn't be checked: ${markdown(files.unchecked)}.`]),
  ];
}

/** What didn't pass, failures first. */
function openRows({ verdicts }: Judgement, stackPath: string): string[] {
  const open = (['fail', 'inconclusive'] as const).flatMap((wanted) =>
    verdicts.filter((v) => v.outcome === wanted),
  );
  if (open.length === 0) return [];
  const rows = open.slice(0, MOST_ROWS).map((v) => row(v, stackPath));
  const more = open.length - rows.length;
  return [
    table(['', 'what', 'expectation', 'where', 'expected', 'seen', 'likely cause'], rows),
    ...(more === 0 ? [] : [`… and ${more} more, in the run's report.json.`]),
  ];
}

function notJudgedAtAll({ notJudged }: Judgement): string[] {
  if (notJudged.length === 0) return [];
  const items = notJudged.map(({ what, why }) => `- ${markdown(what)}: ${markdown(why)}`);
  return [`**Not judged at all**\n\n${items.join('\n')}`];
}

function versionsOf({ versions }: Judgement): string[] {
  const rows = Object.entries(versions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.map(markdown));
  if (rows.length === 0) return [];
  const listed = table(['program', 'version'], rows);
  return [`<details><summary>Versions</summary>\n\n${listed}\n\n</details>`];
}

function row(verdict: Verdict, stackPath: string): string[] {
  const finding = findingOf(verdict);
  const where = finding.source
    ? formatSource({
        ...finding.source,
        file: stackPath === '' ? finding.source.file : `${stackPath}/${finding.source.file}`,
      })
    : '';
  return [
    verdict.outcome === 'fail' ? '❌' : '⚠️',
    ...[
      subjectId(verdict.expectation.subject),
      `${titleOf(verdict.expectation)} (${finding.id})`,
      where,
      finding.expected,
      finding.seen,
      finding.likelyCause,
    ].map(markdown),
  ];
}
