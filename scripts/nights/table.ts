import type { Compared, Comparison } from './compare.ts';
import { FEWEST } from './compare.ts';

/**
 * The comparison as Markdown, which is read as well in a terminal: what got worse, or the figures
 * nearest to their limits.
 */
export function comparisonText({ figures, tooNew, gone }: Comparison, all = false): string {
  const worse = figures.filter((f) => f.worse);
  const shown = all ? figures : worse.length > 0 ? worse : [];
  return [
    verdictLine(figures, worse),
    ...(shown.length === 0 ? [] : [table([...shown].sort((a, b) => over(b) - over(a)))]),
    ...(tooNew.length === 0
      ? []
      : [
          `${tooNew.length} figures were measured on fewer than ${FEWEST} good nights, and are not compared yet.`,
        ]),
    ...(gone.length === 0 ? [] : [`No longer measured: ${gone.join(', ')}.`]),
  ].join('\n\n');
}

function verdictLine(figures: Compared[], worse: Compared[]): string {
  if (figures.length === 0) return 'Nothing to compare with yet.';
  if (worse.length === 0) return `None of ${figures.length} figures is worse than usual.`;
  return `**${worse.length} of ${figures.length} figures got worse by more than their usual spread.**`;
}

/** By how much a figure is over its limit, as a share of what it may be over the usual. */
function over({ tonight, usual, limit }: Compared): number {
  return (tonight - usual) / (limit - usual);
}

function table(figures: Compared[]): string {
  const rows = figures.map(({ name, tonight, usual, limit, nights, worse }) => [
    name.replaceAll('|', '\\|'),
    ...[tonight, usual, limit].map((n) => n.toFixed(2)),
    String(nights),
    worse ? 'worse' : '',
  ]);
  const cells = [['figure', 'tonight', 'usual', 'limit', 'nights', ''], ...rows];
  const widths =
    cells[0]?.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0))) ?? [];
  const line = (row: string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  return [
    line(cells[0] ?? []),
    `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(Math.max(2, width) - 1)}:`)).join(' | ')} |`,
    ...cells.slice(1).map(line),
  ].join('\n');
}
