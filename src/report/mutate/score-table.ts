import type { Score } from '../../lib/mutation-score.ts';
import { harmless } from '../text.ts';
import { percent } from './percent.ts';

type Named = Score & { name: string };

/** What stands behind a name. */
const COLUMNS: { head: string; text: (score: Score) => string }[] = [
  { head: 'score', text: ({ score }) => percent(score) },
  { head: 'noticed', text: ({ counts }) => String(counts.killed) },
  { head: 'unnoticed', text: ({ counts }) => String(counts.survived) },
  { head: 'undecided', text: ({ counts }) => String(counts.undecided) },
];
const INDENT = 2;
const GAP = 2;

/**
 * Scores as a table: those that aren't perfect, or all. Where it is wider than the terminal each
 * name has a line of its own.
 */
export function scoreTable(
  heading: string,
  scores: readonly Named[],
  { width, all }: { width: number; all: boolean },
): string {
  const rows = scores.filter(({ score }) => all || (score !== null && score < 1));
  if (rows.length === 0) return '';
  const isDecided = rows.every(({ counts }) => counts.undecided === 0);
  const columns = COLUMNS.filter(({ head }) => !(isDecided && head === 'undecided'));
  const table = [
    { name: heading, cells: columns.map(({ head }) => head) },
    ...rows.map((row) => ({ name: harmless(row.name), cells: columns.map((c) => c.text(row)) })),
  ];
  const wide = columns.map((_, i) => Math.max(...table.map(({ cells }) => cells[i]?.length ?? 0)));
  const longest = Math.max(...table.map(({ name }) => name.length));
  const numbers = (cells: string[]): string =>
    cells.map((cell, i) => ' '.repeat(GAP) + cell.padStart(wide[i] ?? 0)).join('');
  const taken = INDENT + longest + wide.reduce((sum, column) => sum + GAP + column, 0);
  const indent = ' '.repeat(INDENT);
  return table
    .map(({ name, cells }) =>
      taken <= width
        ? indent + name.padEnd(longest) + numbers(cells)
        : `${indent}${name}\n${indent}${numbers(cells)}`,
    )
    .join('\n');
}
