import { groupBy } from '../../lib/group-by.ts';
import { titleOf } from '../../model/expectation-kinds.ts';
import { subjectName } from '../../model/expectation.ts';
import type { Expectation } from '../../model/expectation.ts';
import type { Judgement, Verdict } from '../../model/verdict.ts';
import { MARKS, worst } from '../columns.ts';
import { METRIC_COLUMNS, isAboutValues } from '../metric-columns.ts';
import { tableText } from '../plain-table.ts';
import { tableWidth, visibleLength } from '../text.ts';
import type { Colors } from '../text.ts';
import { verdictsAbout } from '../verdicts-about.ts';

/** One row for each metric: its shape, and whom its values agree with. */
export function metricTable(judgement: Judgement, c: Colors, width: number): string {
  const verdicts = verdictsAbout(judgement, 'metric');
  const head = ['metric', ...METRIC_COLUMNS.map((column) => column.head), 'values agree with'];
  const rows = [...groupBy(verdicts, (v) => subjectName(v.expectation.subject))].map(
    ([metric, own]) => [
      metric,
      ...METRIC_COLUMNS.map(({ kinds }) =>
        mark(
          own.filter((v) => kinds.includes(v.expectation.kind)),
          c,
        ),
      ),
      values(
        own.filter((v) => isAboutValues(v.expectation)),
        c,
      ),
    ],
  );
  const room = tableWidth(width);
  return tableText(rows, { head: head.map((text) => c.bold(text)) })
    .split('\n')
    .map((line) =>
      visibleLength(line) <= room
        ? line
        : /^─+$/.test(line)
          ? line.slice(0, room)
          : cut(line, room),
    )
    .join('\n');
}

function mark(verdicts: Verdict[], c: Colors): string {
  const shown = worst(verdicts);
  return shown ? marked(shown, MARKS[shown.outcome], c) : c.dim('·');
}

/** `✓ the synthetic host`: each comparison once, the worst of all jobs. */
function values(verdicts: Verdict[], c: Colors): string {
  const byWhom = groupBy(verdicts, ({ expectation }) => agreesWith(expectation));
  if (byWhom.size === 0) return c.dim('·');
  return [...byWhom]
    .map(([whom, own]) => {
      const shown = worst(own);
      return shown ? marked(shown, `${MARKS[shown.outcome]} ${whom}`, c) : '';
    })
    .join('  ');
}

/** What the values are held against, short. */
function agreesWith(expectation: Expectation): string {
  if (expectation.kind === 'equals-truth') return expectation.known;
  if (expectation.kind === 'equals-counts') return "k6's counts";
  return expectation.kind === 'quantiles-in-buckets' ? 'quantiles' : titleOf(expectation);
}

/** A text that begins with a verdict's mark, in its colour. */
export function marked(verdict: Verdict, text: string, c: Colors): string {
  if (verdict.outcome === 'pass') return text.replace('✓', c.green('✓'));
  return verdict.outcome === 'fail' ? c.bold(c.red(text)) : c.yellow(text);
}

/** The line without what doesn't fit; only the last column is as long as that. */
function cut(line: string, room: number): string {
  let text = line;
  while (visibleLength(text) >= room && text.length > 0) text = text.slice(0, -1);
  return `${text}…`;
}
