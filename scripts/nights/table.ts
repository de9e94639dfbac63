import type { Compared, Comparison } from './compare.ts';
import { FEWEST } from './compare.ts';
import { markdownTable } from '../markdown-table.ts';

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
    name,
    ...[tonight, usual, limit].map((n) => n.toFixed(2)),
    String(nights),
    worse ? 'worse' : '',
  ]);
  return markdownTable([['figure', 'tonight', 'usual', 'limit', 'nights', ''], ...rows]);
}
