import { children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { Recorded } from './leaves.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** A window that has more samples than this is sampled less often. */
const MOST_SAMPLES = 400;
/** Below the lookback of five minutes, so that no series seems to vanish. */
const SCRAPES_MS = [15, 30, 60, 120, 240].map((s) => s * SECOND_MS);
const EVALUATIONS_MS = [2, 4, 10, 30, 60].map((m) => m * MINUTE_MS);
/** A world that has more evaluations than this is evaluated less often. */
const MOST_EVALUATIONS = 1_500;

/** The plain ranges (`[5m]`) that an expression reads, through recording rules; ms. */
export function rangesOf(
  expr: Expr,
  recorded: Recorded,
  through: readonly string[] = [],
): number[] {
  const { name = '' } = expr.type === 'selector' ? expr : {};
  const inner =
    expr.type === 'selector' && !through.includes(name)
      ? (recorded.get(name) ?? []).flatMap((rule) =>
          rule.expr ? rangesOf(rule.expr, recorded, [...through, name]) : [],
        )
      : children(expr).flatMap((part) => rangesOf(part, recorded, through));
  return expr.type === 'range' && !expr.subquery ? [expr.rangeMs ?? 0, ...inner] : inner;
}

/**
 * How often the world is scraped: as the stack does, unless a window would hold fewer than four
 * samples (ranges are open on the left) or thousands.
 */
export function pickScrapeMs(configuredMs: number, ranges: number[], windowMs: number): number {
  const shortest = Math.min(...ranges.filter((ms) => ms > 0), Infinity);
  const most = shortest / 4;
  let chosen = Math.min(configuredMs, 120 * SECOND_MS, most);
  if (chosen === most) chosen = Math.max(SECOND_MS, Math.floor(most / SECOND_MS) * SECOND_MS);
  for (const ms of SCRAPES_MS)
    if (windowMs / chosen > MOST_SAMPLES && ms > chosen && ms <= most) chosen = ms;
  return chosen;
}

/** How often rules are evaluated: as the stack does, unless that would be thousands of times. */
export function pickEvaluationMs(configuredMs: number, lengthMs: number, records: boolean): number {
  let chosen = configuredMs;
  for (const ms of EVALUATIONS_MS) {
    // What is recorded must not seem to vanish between two evaluations.
    if (records && ms > 4 * MINUTE_MS) break;
    if (lengthMs / chosen > MOST_EVALUATIONS && ms > chosen && ms % configuredMs === 0) chosen = ms;
  }
  return chosen;
}
