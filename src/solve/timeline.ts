import type { Timeline } from '../model/recipe.ts';
import type { Context } from '../promql/evaluate/index.ts';
import { signature, without } from '../promql/evaluate/label-tools.ts';
import type { Bench } from './bench.ts';
import { distance } from './distance.ts';
import type { State } from './states.ts';
import type { World } from './world.ts';

/** Evaluations that the world stays quiet before, and firing after. */
const AROUND = 4;
/** This many evaluations after a change are looked at one by one, the rest by halving. */
const ONE_BY_ONE = 12;

/** A world that goes from near to over to calm, and when the alert must do what in it. */
export interface Course {
  world: World;
  timeline: Timeline;
  instances: Record<string, string>[];
  /** What the expression gives the first of them. */
  result: Record<string, string>;
}

/** When a world goes over: it has been quiet for longer than `for` then. */
export function overAtMsOf(bench: Bench): number {
  return bench.settledMs + bench.onGrid(bench.rule.forMs) + AROUND * bench.evaluationMs;
}

/** Until when a world must be possible at least: it has been over for as long as `for` asks. */
export function leastEndMsOf(bench: Bench): number {
  return overAtMsOf(bench) + bench.onGrid(bench.rule.forMs) + AROUND * bench.evaluationMs;
}

/**
 * The course of an alert whose world goes from near to over and then to calm; undefined when it
 * doesn't fire for as long as `for` asks, or isn't over when the world is calm.
 */
export function courseOf(
  bench: Bench,
  near: State,
  over: State,
  calm: State,
  waitMs = 0,
): Course | undefined {
  const { evaluationMs: every, rule, settledMs } = bench;
  const forMs = bench.onGrid(rule.forMs);
  const overAtMs = overAtMsOf(bench);
  const before = bench.world([near, over], [0, overAtMs]);
  const rising = bench.context(before, overAtMs);
  const wayMs = bench.windowMs + bench.scrapeMs + 3 * every + waitMs;
  for (const tMs of looks(bench, settledMs, overAtMs - every))
    if (bench.instances(rising, tMs).length > 0) return undefined;
  const activeAtMs = firstTime(bench, rising, overAtMs, wayMs, true);
  if (activeAtMs === undefined) return undefined;
  const firingAtMs = activeAtMs + forMs;
  if (!holds(bench, rising, activeAtMs, firingAtMs)) return undefined;
  // What vanishes by itself is over before anything else happens.
  const lasts = holds(bench, rising, firingAtMs, firingAtMs + AROUND * every);
  const calmAtMs = firingAtMs + (lasts ? AROUND : 1) * every;
  const world = bench.world([near, over, calm], [0, overAtMs, calmAtMs]);
  const falling = bench.context(world, calmAtMs);
  const overMs = firstTimeForGood(bench, falling, calmAtMs, wayMs);
  if (overMs === undefined || bench.belowZero(world, overMs + AROUND * every) > 0) return undefined;
  const results = bench
    .instances(falling, firingAtMs)
    .map(({ labels }) => without(labels, ['__name__']));
  return {
    world,
    instances: results.map((labels) => ({
      ...labels,
      ...rule.labels,
      alertname: rule.ref.name,
    })),
    result: results[0] ?? {},
    timeline: {
      scrapeMs: bench.scrapeMs,
      evaluationMs: every,
      settledAtMs: settledMs,
      overAtMs,
      calmAtMs,
      activeAtMs,
      firingAtMs,
      resolvedAtMs: overMs + bench.onGrid(rule.keepFiringMs),
    },
  };
}

/** A dozen evaluations of a stretch, its ends among them. */
function looks(bench: Bench, fromMs: number, toMs: number): number[] {
  const count = Math.round((toMs - fromMs) / bench.evaluationMs);
  const steps = Math.min(ONE_BY_ONE, count);
  return Array.from(
    { length: steps + 1 },
    (_, i) => fromMs + Math.round((count * i) / Math.max(1, steps)) * bench.evaluationMs,
  );
}

/** The first evaluation in a stretch at which the alert is active, or isn't any more. */
function firstTime(
  bench: Bench,
  context: Context,
  fromMs: number,
  lengthMs: number,
  active: boolean,
): number | undefined {
  const every = bench.evaluationMs;
  const is = (tMs: number): boolean => bench.instances(context, tMs).length > 0 === active;
  const count = Math.ceil(lengthMs / every);
  for (let i = 0; i <= Math.min(ONE_BY_ONE, count); i++)
    if (is(fromMs + i * every)) return fromMs + i * every;
  let [low, high] = [ONE_BY_ONE, ONE_BY_ONE];
  // Steps of a sixteenth: what comes and goes in between is seen by the engine.
  const stride = Math.max(1, Math.ceil(count / 16));
  while (high < count && !is(fromMs + high * every))
    [low, high] = [high, Math.min(count, high + stride)];
  if (!is(fromMs + high * every)) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (is(fromMs + middle * every)) high = middle;
    else low = middle;
  }
  return fromMs + high * every;
}

/**
 * The first evaluation in a stretch at which the alert isn't active, nor at the next: what counts
 * changes may fall below its limit and rise once more while its window moves on.
 */
function firstTimeForGood(
  bench: Bench,
  context: Context,
  fromMs: number,
  lengthMs: number,
): number | undefined {
  const every = bench.evaluationMs;
  const endMs = fromMs + lengthMs;
  let overMs = firstTime(bench, context, fromMs, lengthMs, false);
  while (overMs !== undefined && bench.instances(context, overMs + every).length > 0) {
    if (overMs + every >= endMs) return undefined;
    overMs = firstTime(bench, context, overMs + every, endMs - overMs - every, false);
  }
  return overMs;
}

/** Nearer to a limit than this, as a share, two ways of adding up fractions may differ. */
const HAIR = 1e-10;

/**
 * Whether what moves crosses its limit clear of the moments at which it is looked at: where it
 * lies at the limit but for a binary fraction, the engine may see it on the other side.
 */
export function crossesClearly(bench: Bench, { world, timeline }: Course): boolean {
  const { overAtMs, activeAtMs, calmAtMs, evaluationMs: every } = timeline;
  const overMs = timeline.resolvedAtMs - bench.onGrid(bench.rule.keepFiringMs);
  const context = bench.context(world, overAtMs);
  const isHair = (tMs: number, active: boolean): boolean => {
    const left = distance(bench.expr, { ...context, tMs }, bench.recorded, !active);
    return left > 0 && left < HAIR;
  };
  const rises =
    activeAtMs === overAtMs || !(isHair(activeAtMs - every, false) || isHair(activeAtMs, true));
  return rises && (overMs <= calmAtMs || !(isHair(overMs - every, true) || isHair(overMs, false)));
}

/**
 * Whether one and the same instance is active from one evaluation to another, as far as a dozen
 * looks tell.
 */
function holds(bench: Bench, context: Context, fromMs: number, toMs: number): boolean {
  const ids = (tMs: number): string[] =>
    bench.instances(context, tMs).map(({ labels }) => signature(labels));
  let kept = ids(fromMs);
  for (const tMs of looks(bench, fromMs, toMs)) {
    if (kept.length === 0) break;
    const there = new Set(ids(tMs));
    kept = kept.filter((id) => there.has(id));
  }
  return kept.length > 0;
}
