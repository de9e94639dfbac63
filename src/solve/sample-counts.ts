import { formatDuration } from '../lib/duration.ts';
import { eachExpr } from '../promql/ast.ts';
import type { Expr, Range } from '../promql/ast.ts';
import type { Bounds } from '../promql/bounds.ts';
import { isMade } from '../promql/made.ts';
import type { Recorded } from './leaves.ts';

/** How often what an expression reads gets a sample. */
export interface Sampled {
  recorded: Recorded;
  /** At most so often; undefined where nobody knows. */
  scrapedEveryMs: number | undefined;
}

/**
 * Between what a count of the samples in a window lies: of what comes every so often a window
 * holds as many as fit into it, and one more where they come a little early.
 * @returns undefined for anything else, and where it isn't known how often samples come
 */
export function countsOfSamples(part: Expr, sampled: Sampled): Bounds | undefined {
  const window = part.type === 'call' && part.name === 'count_over_time' ? part.args[0] : undefined;
  const range = window && rangeOf(window);
  const everyMs = range && stepOf(range, sampled);
  if (range?.rangeMs === undefined || everyMs === undefined) return undefined;
  return { min: 1, max: Math.floor(range.rangeMs / everyMs) + 1 };
}

/** What is said of a proof beside its bounds: why no window holds more. */
export function countsInWords(expr: Expr, sampled: Sampled): string {
  const found: string[] = [];
  eachExpr(expr, (part) => {
    const bounds = countsOfSamples(part, sampled);
    const range = part.type === 'call' && part.args[0] && rangeOf(part.args[0]);
    if (!bounds || !range) return;
    const [long, often] = [range.rangeMs ?? 0, stepOf(range, sampled) ?? 0].map(formatDuration);
    const how = range.subquery ? `a subquery in steps of` : 'what is scraped every';
    found.push(`${long} hold at most ${bounds.max} samples of ${how} ${often}`);
  });
  return found.length === 0 ? '' : `; ${found.join(', ')}`;
}

function rangeOf(window: Expr): Range | undefined {
  if (window.type === 'range') return window;
  return window.type === 'modified' && window.modifier.kind !== 'other'
    ? rangeOf(window.expr)
    : undefined;
}

/**
 * How often samples come: a subquery's own, or what is scraped. Whatever rules make, here or
 * elsewhere, comes as often as those are evaluated; of a selector without a name nobody knows.
 */
function stepOf({ subquery, stepMs, expr }: Range, sampled: Sampled): number | undefined {
  if (subquery) return stepMs;
  const name = expr.type === 'selector' ? expr.name : undefined;
  const isRaw = name !== undefined && !isMade(name) && !sampled.recorded.has(name);
  return isRaw ? sampled.scrapedEveryMs : undefined;
}
