import Table from 'cli-table3';
import type { Judgement, Verdict } from '../model/verdict.ts';
import { MARKS, worst } from './columns.ts';
import { PLAIN_TABLE } from './table.ts';
import { tableWidth, visibleLength } from './text.ts';
import type { Colors } from './text.ts';

/** What is true of a metric whatever its value: a column each. Everything else compares its values with somebody who knows. */
const COLUMNS: { head: string; expectations: string[] }[] = [
  { head: 'there', expectations: ['exported', 'judged'] },
  { head: 'type', expectations: ['type'] },
  { head: 'labels', expectations: ['labels', 'route templates'] },
  { head: 'series', expectations: ['series bounded'] },
  { head: 'owner', expectations: ['only its owners'] },
];
const SHAPE = COLUMNS.flatMap((column) => column.expectations);

/** One row for each metric: its shape, and whom its values agree with. */
export function metricTable(judgement: Judgement, c: Colors, width: number): string {
  const verdicts = judgement.verdicts.filter((v) => v.about === 'metric');
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['metric', ...COLUMNS.map((column) => column.head), 'values agree with'].map((text) =>
      c.bold(text),
    ),
  });
  for (const metric of new Set(verdicts.map((v) => v.subject))) {
    const own = verdicts.filter((v) => v.subject === metric);
    const cells = COLUMNS.map((column) =>
      mark(
        own.filter((v) => column.expectations.includes(v.expectation)),
        c,
      ),
    );
    table.push([
      metric,
      ...cells,
      values(
        own.filter((v) => !SHAPE.includes(v.expectation)),
        c,
      ),
    ]);
  }
  const room = tableWidth(width);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
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
  const names = [...new Set(verdicts.map((v) => v.expectation))];
  if (names.length === 0) return c.dim('·');
  return names
    .map((name) => {
      const shown = worst(verdicts.filter((v) => v.expectation === name));
      return shown
        ? marked(
            shown,
            `${MARKS[shown.outcome]} ${name.replace(/^equals /, '').replace(" in k6's buckets", '')}`,
            c,
          )
        : '';
    })
    .join('  ');
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
