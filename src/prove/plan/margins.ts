import { SLOW_SCRAPE_MS } from '../../model/proof-plan.ts';
import type { RecipeSeries, Shape } from '../../model/recipe.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Expr } from '../../promql/ast.ts';
import { constantOf } from '../../promql/constant.ts';
import { narrowestRangeMs } from '../../promql/narrowest-range.ts';
import type { PlannedAlert } from './alerts.ts';
import type { PlacedSeries } from './on-target.ts';

/**
 * Of the distance between both sides of a limit, and of the near side itself: as far as real
 * scrapes may be off at least, and as far as a slope is moved at most.
 */
const OF_GAP = 0.02;
const OF_VALUE = 0.005;
const MOST_OF_VALUE = 0.1;

/** From a scrape until rules have seen what it brought, at any speed that is chosen. */
const SEEN_WITHIN_SECONDS = 5;

/** What a run's margins have to bear. */
export interface Margins {
  /** How far back the alert looks, and over which range at least; stack ms. */
  windowMs: number;
  narrowestMs: number | undefined;
  speed: number;
}

/** Changes more in a window, and fewer: where a window begins and ends, one may be seen or not. */
const CHANGES = 0.5;

/** An alert's series as they are served, further from their limit than in virtual time. */
export function placedWithMargins(
  { recipe, rule, behind }: PlannedAlert,
  placed: readonly PlacedSeries[],
  speed: number,
): PlacedSeries[] {
  const exprs = [rule, ...behind].flatMap(({ expression }) => expression.expr ?? []);
  const margins = { windowMs: recipe.windowMs, narrowestMs: narrowestRangeMs(exprs), speed };
  return placed.map((one) => ({
    ...one,
    series: { ...one.series, shapes: withMargins(one.series.shapes, margins) },
  }));
}

/**
 * Levels as they are served live: a little further from their limit than in virtual time, where
 * nothing is ever late.
 */
export function withMargins(
  shapes: RecipeSeries['shapes'],
  margins: Margins,
): RecipeSeries['shapes'] {
  return withMarginOfChanges(
    withMarginOfAges(withMarginOfSlopes(shapes, margins)),
    margins.windowMs,
  );
}

/**
 * Moments grow older between a scrape and the evaluation that sees it: the one that is less long
 * ago is a little less so, lest it comes over the limit meanwhile.
 */
function withMarginOfAges({ near, over, calm }: RecipeSeries['shapes']): RecipeSeries['shapes'] {
  if (near.kind !== 'clock' || over.kind !== 'clock' || near.offsetSeconds === over.offsetSeconds)
    return { near, over, calm };
  const younger = Math.max(near.offsetSeconds, over.offsetSeconds);
  const by = (shape: Shape): Shape =>
    shape.kind === 'clock' && shape.offsetSeconds === younger
      ? { ...shape, offsetSeconds: younger + SEEN_WITHIN_SECONDS }
      : shape;
  return { near: by(near), over: by(over), calm: by(calm) };
}

/**
 * How much later or earlier than in virtual time a slope that changes may cross a limit: both ends
 * of its window may be off by a scrape, however long the window is, and being served further from
 * the limit moves the crossing by as large a part of the window; stack ms.
 */
export function crossingMs(
  { near, over }: RecipeSeries['shapes'],
  speed: number,
  windowMs: number,
): number {
  if (near.kind !== 'line' || over.kind !== 'line' || near.perSecond === over.perSecond) return 0;
  const larger = Math.max(Math.abs(near.perSecond), Math.abs(over.perSecond));
  const share = Math.abs(over.perSecond - near.perSecond) / larger;
  return (2 * SLOW_SCRAPE_MS * speed) / share + OF_GAP * windowMs;
}

/** That of the slope among the series of an alert that may be furthest off. */
export function longestCrossingMs(
  served: readonly PlacedSeries[],
  speed: number,
  windowMs: number,
): number {
  return Math.max(0, ...served.map(({ series }) => crossingMs(series.shapes, speed, windowMs)));
}

/**
 * What changes more often over the limit changes a little more often, and near it a little less.
 */
function withMarginOfChanges(
  { near, over, calm }: RecipeSeries['shapes'],
  windowMs: number,
): RecipeSeries['shapes'] {
  const changes = (shape: Shape): number =>
    shape.kind === 'toggle' ? windowMs / 1000 / shape.everySeconds : 0;
  const gap = changes(over) - changes(near);
  const by = (shape: Shape, more: number): Shape =>
    shape.kind === 'toggle' && changes(shape) + more > 0
      ? { ...shape, everySeconds: windowMs / 1000 / (changes(shape) + more) }
      : shape;
  const away = Math.sign(gap) * CHANGES;
  return { near: by(near, -away), over: by(over, away), calm: by(calm, -away) };
}

/** Whether an expression asks for a certain count of changes: live it is one more or one less. */
export function asksForCount(expr: Expr): boolean {
  let asks = false;
  eachExpr(expr, (part) => {
    if (part.type !== 'binary' || (part.op !== '==' && part.op !== '!=')) return;
    const limit = constantOf(part.right) ?? 0;
    eachExpr(part.left, (e) => {
      asks ||= limit > 0 && e.type === 'call' && (e.name === 'changes' || e.name === 'resets');
    });
  });
  return asks;
}

/**
 * Whether what changes more often over the limit is seen to, whenever it is scraped: from one pace
 * to another the count in a window goes to and fro by one; from no change at all it only rises.
 */
export function isSeenToChange({ near, over }: RecipeSeries['shapes']): boolean {
  if (near.kind !== 'toggle' || over.kind !== 'toggle') return true;
  return near.everySeconds === over.everySeconds;
}

/**
 * Slopes a little further from their limit on both sides than in virtual time: there rates are
 * exact, and a slope may lie on the limit itself; live they are sums of what was scraped.
 */
function withMarginOfSlopes(
  shapes: RecipeSeries['shapes'],
  { narrowestMs, speed }: Margins,
): RecipeSeries['shapes'] {
  const { near, over, calm } = shapes;
  if (near.kind !== 'line' || over.kind !== 'line' || near.perSecond === over.perSecond)
    return shapes;
  const gap = over.perSecond - near.perSecond;
  // Both ends of the shortest window may be off by a scrape.
  const unsure = narrowestMs === undefined ? 0 : (2 * SLOW_SCRAPE_MS * speed) / narrowestMs;
  const share = Math.min(MOST_OF_VALUE, Math.max(OF_VALUE, unsure));
  const margin = Math.max(Math.abs(gap) * OF_GAP, Math.abs(near.perSecond) * share);
  const away = Math.sign(gap) * margin;
  const quiet: Shape = { ...near, perSecond: moved(near.perSecond, -away) };
  const isCalmNear = calm.kind === 'line' && calm.perSecond === near.perSecond;
  return {
    near: quiet,
    over: { ...over, perSecond: moved(over.perSecond, away) },
    calm: isCalmNear ? quiet : calm,
  };
}

/** Standing still is exact, and nothing turns round. */
function moved(perSecond: number, by: number): number {
  if (perSecond === 0) return 0;
  return Math.sign(perSecond + by) === Math.sign(perSecond) ? perSecond + by : perSecond;
}
