import type { Series } from '../model/series.ts';
import { elementsOf } from '../promql/evaluate/index.ts';
import type { Storage } from '../promql/evaluate/index.ts';
import { parseExpr } from '../promql/parse.ts';

/** What one evaluation may look at, in samples. */
const BUDGET = 1_000_000;
/** Sums of floats in another order differ by this share. */
const RELATIVE = 1e-9;
/** Step of a subquery that names none. */
const STEP_MS = 1_000;

type Point = Map<string, { labels: Record<string, string>; value: number }>;

/**
 * What a query would have answered over other samples than those that were recorded: at each
 * moment at which the recorded samples give again what was answered, what the others give; at
 * every other moment nothing is known, and the answer stays.
 * @returns undefined where the query isn't understood, or no moment of it could be given again
 */
export function answersOver(
  query: string,
  answered: readonly Series[],
  recorded: Storage,
  others: Storage,
): Series[] | undefined {
  const parsed = parseExpr(query);
  if (!('expr' in parsed)) return undefined;
  const { expr } = parsed;
  const at = (storage: Storage, tMs: number): Point => {
    const context = { storage, tMs, stepMs: STEP_MS, budget: { samples: BUDGET } };
    return new Map(
      elementsOf(expr, context).map(({ labels, value }) => [keyOf(labels), { labels, value }]),
    );
  };
  const points = pointsOf(answered);
  let known = 0;
  try {
    for (const [tMs, point] of points) {
      if (!isSame(point, at(recorded, tMs))) continue;
      known++;
      points.set(tMs, at(others, tMs));
    }
  } catch {
    return undefined;
  }
  return known === 0 ? undefined : seriesOf(points);
}

/** The answer moment by moment. */
function pointsOf(answered: readonly Series[]): Map<number, Point> {
  const points = new Map<number, Point>();
  for (const { labels, samples } of answered)
    for (const [tMs, value] of samples) {
      const point = points.get(tMs) ?? (new Map() as Point);
      point.set(keyOf(labels), { labels, value });
      points.set(tMs, point);
    }
  return points;
}

function seriesOf(points: Map<number, Point>): Series[] {
  const series = new Map<string, Series>();
  for (const [tMs, point] of [...points].sort(([a], [b]) => a - b))
    for (const [key, { labels, value }] of point) {
      const own = series.get(key) ?? { labels, samples: [] };
      own.samples.push([tMs, value]);
      series.set(key, own);
    }
  return [...series.values()];
}

function isSame(a: Point, b: Point): boolean {
  return (
    a.size === b.size &&
    [...a].every(([key, { value }]) => {
      const other = b.get(key)?.value;
      return other !== undefined && isNear(value, other);
    })
  );
}

function isNear(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
