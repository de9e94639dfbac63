import type { Plan } from '../../model/plan.ts';
import { subjectId, subjectName } from '../../model/expectation.ts';
import type { Judgement, Verdict } from '../../model/verdict.ts';
import { verdictsAbout } from '../verdicts-about.ts';
import {
  COLUMNS,
  MARKS,
  RECEIVER_COLUMNS,
  figureText,
  insteadOfReceivers,
  isKnown,
  worst,
} from '../columns.ts';
import type { Column } from '../columns.ts';
import { tableText } from '../plain-table.ts';
import type { Cell } from '../plain-table.ts';
import { tableWidth, visibleLength } from '../text.ts';
import type { Colors } from '../text.ts';

interface Row {
  label: string;
  verdicts: Verdict[];
}

interface Layout {
  short: boolean;
  decimals: number;
  /** Columns of at least this rank show their figure. */
  fromRank: number;
  nameWidth: number;
}

const OTHER: Column = {
  head: 'other',
  short: 'other',
  shows: (expectation) => !isKnown(expectation),
  rank: 0,
  legend: 'see below',
};

/**
 * One row for each track, one column for each part of an alert's life; the fullest layout that the
 * terminal has room for.
 */
export function alertTable(judgement: Judgement, plan: Plan, c: Colors, width: number): string {
  const rows = rowsOf(judgement, plan);
  const room = tableWidth(width);
  const ranks = [...new Set(COLUMNS.map((column) => column.rank))]
    .filter((rank) => rank > 0)
    .sort((a, b) => a - b);
  const layouts: Layout[] = [
    { short: false, decimals: 2, fromRank: 1, nameWidth: 40 },
    { short: true, decimals: 2, fromRank: 1, nameWidth: 40 },
    ...[...ranks, 99].map((fromRank) => ({ short: true, decimals: 1, fromRank, nameWidth: 26 })),
    { short: true, decimals: 1, fromRank: 99, nameWidth: 14 },
  ];
  let text = '';
  for (const layout of layouts) {
    text = render(rows, c, layout);
    if (Math.max(...text.split('\n').map(visibleLength)) <= room) break;
  }
  return text;
}

/**
 * Alerts in the plan's order; an alert with several tracks gets a row of its own and its tracks
 * below.
 */
function rowsOf(judgement: Judgement, plan: Plan): Row[] {
  const verdicts = verdictsAbout(judgement, 'alert');
  const alerts = [
    ...new Set([
      ...plan.alerts.map((a) => a.alert),
      ...verdicts.map((v) => subjectName(v.expectation.subject)),
    ]),
  ];
  return alerts.flatMap((alert) => {
    const own = verdicts.filter((v) => subjectName(v.expectation.subject) === alert);
    const of = (id: string): Verdict[] =>
      own.filter((v) => subjectId(v.expectation.subject) === id);
    const tracks = [
      ...new Set([
        ...plan.tracks.map((t) => t.id),
        ...own.map((v) => subjectId(v.expectation.subject)),
      ]),
    ].filter((id) => id !== alert && of(id).length > 0);
    const head: Row = { label: alert, verdicts: of(alert) };
    const below = tracks.map((id): Row => ({
      label: `  ${id.startsWith(`${alert}/`) ? id.slice(alert.length + 1) : id}`,
      verdicts: of(id),
    }));
    return own.length === 0 ? [] : [head, ...below];
  });
}

function render(rows: Row[], c: Colors, layout: Layout): string {
  const others = rows.some((row) => row.verdicts.some((v) => !inTable(row, v)));
  const columns = others ? [...COLUMNS, OTHER] : COLUMNS;
  const head = ['alert', ...columns.map((column) => (layout.short ? column.short : column.head))];
  return tableText(
    rows.map((row) => [
      shorten(row.label, layout.nameWidth),
      ...columns.flatMap((column) => cellsOf(row, column, layout, c)),
    ]),
    { head: head.map((text) => c.bold(text)) },
  );
}

/** A row's cell in a column; none where a cell of a column before it stands for this one too. */
function cellsOf(row: Row, column: Column, layout: Layout, c: Colors): Cell[] {
  const instead = insteadOf(row);
  if (instead && RECEIVER_COLUMNS.includes(column)) {
    if (column !== RECEIVER_COLUMNS[0]) return [];
    const label = insteadOfReceivers(instead.expectation) || figureText(instead, layout.decimals);
    const content = paint(instead, `${MARKS[instead.outcome]} ${label}`.trim(), c);
    return [{ colSpan: RECEIVER_COLUMNS.length, content }];
  }
  const verdicts = row.verdicts.filter((v) =>
    column === OTHER ? !inTable(row, v) : column.shows(v.expectation),
  );
  const decimals = column.rank >= Math.max(1, layout.fromRank) ? layout.decimals : null;
  return [cell(verdicts, column, decimals, c)];
}

/** The verdict that stands where Slack's and e-mail's would, for a track that has neither. */
function insteadOf(row: Row): Verdict | undefined {
  const { verdicts } = row;
  if (verdicts.some((v) => RECEIVER_COLUMNS.some(({ shows }) => shows(v.expectation))))
    return undefined;
  return worst(verdicts.filter((v) => insteadOfReceivers(v.expectation) !== undefined));
}

function inTable(row: Row, verdict: Verdict): boolean {
  if (!isKnown(verdict.expectation)) return false;
  return insteadOfReceivers(verdict.expectation) === undefined || insteadOf(row) === verdict;
}

function cell(verdicts: Verdict[], column: Column, decimals: number | null, c: Colors): string {
  const shown = worst(verdicts);
  if (!shown) return c.dim('·');
  const figure = decimals === null ? '' : figureText(shown, decimals, column.after);
  return paint(shown, `${MARKS[shown.outcome]} ${figure}`.trim(), c);
}

function paint(verdict: Verdict, text: string, c: Colors): string {
  if (verdict.outcome === 'pass') return text.replace('✓', c.green('✓'));
  return verdict.outcome === 'fail' ? c.bold(c.red(text)) : c.yellow(text);
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
