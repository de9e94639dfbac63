import { readTruth } from '../../ground-truth/check.ts';
import type { Truth } from '../../ground-truth/check.ts';
import type { Bounds } from '../../ground-truth/evaluate.ts';
import type { Series } from '../../model/series.ts';
import { heldUpAround } from '../held-up.ts';
import type { Answered } from './context.ts';
import type { Known } from './known.ts';
import { boundsAt, boundsIn } from './truth.ts';

/** So many points of a slot, at least, stand for it: one or two are as few requests. */
const LEAST_IN_SLOT = 3;
/** Nothing is said of this time around a moment in which the harness was held up, ms. */
const AROUND_LAG_MS = 1_500;

/** One value that was held against the truth. */
export interface Compared {
  at: number;
  /** Until when these bounds hold: a slot's end; the same moment for a single point. */
  untilMs: number;
  value: number;
  bounds: Bounds;
  labels: Record<string, string>;
}

/**
 * Each value of one curve that can be held against the truth; those of which nobody knows are left
 * out.
 */
export function compareSeries(
  series: Series,
  answered: Answered,
  shows: string,
  known: Known,
): Compared[] {
  const truth = readTruth(shows);
  const { windowMs } = answered.query;
  return truth.comparison === 'moment'
    ? points(series, (at) => boundsAt(truth, known, { at, labels: series.labels, windowMs }), known)
    : slots(series, answered, truth, known);
}

function points(
  { labels, samples }: Series,
  bounds: (at: number) => Bounds | undefined,
  known: Known,
): Compared[] {
  const isHeldUp = heldUpAround(known.evidence, AROUND_LAG_MS);
  return samples.flatMap(([at, value]) => {
    const allowed = Number.isNaN(value) || isHeldUp(at) ? undefined : bounds(at);
    return allowed ? [{ at, untilMs: at, value, bounds: allowed, labels }] : [];
  });
}

/**
 * One comparison for each steady slot: of the points whose whole window lies in it. Where the
 * harness was held up within a slot, the few points that are left of it don't stand for it.
 */
function slots(
  { labels, samples }: Series,
  { query }: Answered,
  truth: Truth,
  known: Known,
): Compared[] {
  const isHeldUp = heldUpAround(known.evidence, AROUND_LAG_MS);
  return known.slots.steady(labels['job'] ?? '').flatMap((slot): Compared[] => {
    const { fromMs, toMs } = slot;
    const inside = samples.filter(([at]) => at >= fromMs + query.windowMs && at <= toMs);
    const values = inside.map(([, value]) => value).filter((value) => !Number.isNaN(value));
    const bounds = boundsIn(truth, known, slot);
    if (!bounds || values.length < LEAST_IN_SLOT || inside.some(([at]) => isHeldUp(at))) return [];
    const value = truth.comparison === 'mean' ? mean(values) : median(values);
    return [{ at: fromMs, untilMs: toMs, value, bounds, labels }];
  });
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
