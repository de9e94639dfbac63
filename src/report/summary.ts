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
  const {
    counts,
    verdicts,
    outcome,
    stackName,
    runId,
    speed,
    wallMs,
    interruption,
    selection,
    notJudged,
    versions,
  } = judgement;
  const open = (['fail', 'inconclusive'] as const).flatMap((wanted) =>
    verdicts.filter((v) => v.outcome === wanted),
  );
  const shown = open.slice(0, MOST_ROWS);
  return `${[
    `## ${outcome === 'pass' && selection !== null ? PART : LINES[outcome]}: ${markdown(stackName)}`,
    `${count(counts.pass, 'expectation')} met, ${counts.fail} failed, ${counts.inconclusive} ` +
      `could not be judged. Run ${markdown(runId)}, ` +
      `${speed === 1 ? 'at real time' : `${speed} times as fast as real time`}, ` +
      `${seconds(wallMs)}.`,
    ...(selection === null
      ? []
      : [`Only a part of the stack was to be proved: ${markdown(selection)}.`]),
    ...(interruption === null ? [] : [`The run ended early: ${markdown(interruption)}.`]),
    ...(shown.length === 0
      ? []
      : [
          table(
            ['', 'what', 'expectation', 'where', 'expected', 'seen', 'likely cause'],
            shown.map((v) => row(v, stackPath)),
          ),
        ]),
    ...(open.length === shown.length
      ? []
      : [`… and ${open.length - shown.length} more, in the run's report.json.`]),
    ...(notJudged.length === 0
      ? []
      : [
          '**Not judged at ' +
            `all**\n\n${notJudged.map(({ what, why }) => `- ${markdown(what)}: ${markdown(why)}`).join('\n')}`,
        ]),
    ...(Object.keys(versions).length === 0
      ? []
      : [
          `<details><summary>Versions</summary>\n\n${table(
            ['program', 'version'],
            Object.entries(versions)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map((pair) => pair.map(markdown)),
          )}\n\n</details>`,
        ]),
  ].join('\n\n')}\n`;
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
