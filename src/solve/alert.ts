import type { Pair, Pin, Recipe, RecipeSeries, Unsolved } from '../model/recipe.ts';
import type { NumberExpr } from '../promql/ast.ts';
import { NotUnderstood, TooExpensive } from '../promql/evaluate/index.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';
import { Bench } from './bench.ts';
import { edgesInto, edgesOf } from './pairs.ts';
import type { Edge } from './pairs.ts';
import { pinsOf, thresholdsOf } from './pins.ts';
import { provedImpossible } from './impossible.ts';
import type { Recorded } from './leaves.ts';
import type { SolveRule } from './rules.ts';
import { findFiring, leversOn } from './search.ts';
import { setupsFor } from './setups.ts';
import { baseState, moved } from './states.ts';
import type { Lever, State } from './states.ts';
import { courseOf } from './timeline.ts';
import type { Course } from './timeline.ts';
import { leverWords } from './words.ts';

/** More pairs than this pin nothing that is worth their time. */
const MOST_PAIRS = 5;
const MOST_COURSES = 24;
/** Samples that solving one alert may look at; far more than any honest rule needs. */
const BUDGET = 6_000_000;

/** Solves one alert. @param named labels that its templates print */
export function solveAlert(
  rule: SolveRule,
  recorded: Recorded,
  scrapeMs: number,
  named: ReadonlySet<string>,
): Recipe | Unsolved {
  const { expr, ref: alert } = rule;
  if (!expr)
    return {
      alert,
      kind: 'not-understood',
      reason: 'its expression is no PromQL',
      construct: 'the expression',
    };
  const proof = provedImpossible(rule, expr, recorded);
  if (proof) return { alert, kind: 'unsatisfiable', ...proof };
  try {
    const budget = { samples: BUDGET };
    for (const setup of setupsFor(expr, recorded)) {
      const bench = new Bench(rule, expr, recorded, scrapeMs, named, setup, budget);
      const recipe = solveOn(bench);
      if (recipe) return recipe;
    }
  } catch (error) {
    if (error instanceof NotUnderstood)
      return { alert, kind: 'not-understood', reason: error.message, construct: error.construct };
    if (!(error instanceof TooExpensive)) throw error;
    return {
      alert,
      kind: 'not-understood',
      reason: 'no world was found in which it fires, and the search became too long',
      construct: 'a search of this size',
    };
  }
  return {
    alert,
    kind: 'not-understood',
    reason: 'no world was found in which it fires; that it never can was not proved either',
    construct: 'a world that needs more than one thing at a time',
  };
}

function solveOn(bench: Bench): Recipe | undefined {
  const { rule } = bench;
  const levers = leversOn(bench);
  const firing = findFiring(bench, levers);
  const found = firing
    ? steadyPairs(bench, levers, firing)
    : bench.windowMs > 0
      ? eventPairs(bench, levers, baseState(bench.leaves))
      : [];
  const [first, ...others] = found;
  if (!first) return firing && bench.leaves.length === 0 ? alwaysFiring(bench) : undefined;
  return {
    alert: rule.ref,
    pairs: [first.pair, ...others.map((f) => f.pair)],
    instances: first.course.instances,
    labels: rule.labels,
    annotations: rule.annotations,
    forMs: rule.forMs,
    windowMs: bench.windowMs,
    readsClock: bench.any((e) => e.type === 'call' && CALENDAR.has(e.name) && e.args.length === 0),
    pins: joined(found.map((f) => f.pair.pins)),
  };
}

interface Found {
  pair: Pair;
  course: Course;
}

/** Pairs around a steady firing state: the first that works, and those that pin what isn't pinned yet. */
function steadyPairs(bench: Bench, levers: readonly Lever[], firing: State): Found[] {
  const numbers = thresholdsOf(bench.expr);
  const found: Found[] = [];
  let tried = 0;
  const take = (edge: Edge): void => {
    if (done(numbers, found) || tried++ >= MOST_COURSES) return;
    const course = courseOfEdge(bench, edge);
    if (!course) return;
    const pins = pinsOf(bench, course, numbers);
    if (found.length > 0 && !addsTo(found, pins)) return;
    found.push({ course, pair: pairOf(course, pins) });
  };
  for (const lever of levers) {
    if (done(numbers, found)) break;
    for (const edge of edgesOf(bench, firing, lever)) take(edge);
  }
  if (done(numbers, found) || found.length === 0) return found;
  // From the quiet side other parts of the expression decide.
  const quiet = levers.flatMap((lever) => edgesOf(bench, firing, lever).map((e) => e.near));
  for (const state of quiet.slice(0, 4))
    for (const lever of levers) {
      if (done(numbers, found)) return found;
      for (const edge of edgesInto(bench, state, lever)) take(edge);
    }
  return found;
}

function done(numbers: readonly NumberExpr[], found: readonly Found[]): boolean {
  if (found.length === 0) return false;
  if (found.length >= MOST_PAIRS) return true;
  const pins = joined(found.map((f) => f.pair.pins));
  return numbers.every((n) => pins.some((p) => p.from === n.from && p.lower && p.higher));
}

function addsTo(found: readonly Found[], pins: readonly Pin[]): boolean {
  const known = joined(found.map((f) => f.pair.pins));
  return pins.some((p, i) => (p.lower && !known[i]?.lower) || (p.higher && !known[i]?.higher));
}

function joined(all: Pin[][]): Pin[] {
  return (all[0] ?? []).map((pin, i) => ({
    ...pin,
    lower: all.some((pins) => pins[i]?.lower),
    higher: all.some((pins) => pins[i]?.higher),
  }));
}

/** Calm is what was near, unless a line has led too far away from it: then everything stands where it began. */
function courseOfEdge(bench: Bench, { near, over }: Edge): Course | undefined {
  const still = near.map((own, i) =>
    bench.leaves[i]?.uses.has('growth') ? own : { ...own, perSecond: 0 },
  );
  return courseOf(bench, near, over, near) ?? courseOf(bench, near, over, still);
}

/** What fires for a while after something has changed: a step, a series that vanishes. */
function eventPairs(bench: Bench, levers: readonly Lever[], base: State): Found[] {
  const numbers = thresholdsOf(bench.expr);
  for (const lever of levers)
    for (const level of [0, 2, 1.5, 0.5, 10, 0.01, 100, 1e4, 1e6]) {
      if (lever.field === 'present' && level > 1) continue;
      const course = courseOf(bench, base, moved(base, lever, level), base);
      if (course) return [{ course, pair: pairOf(course, pinsOf(bench, course, numbers)) }];
    }
  return [];
}

function pairOf({ world, timeline }: Course, pins: Pin[]): Pair {
  const series = world.series.map(({ labels, shapes: [near, over, calm] }): RecipeSeries => {
    const { __name__: metric = '', ...others } = labels;
    const absent = { kind: 'absent' as const };
    return {
      metric,
      labels: others,
      shapes: { near: near ?? absent, over: over ?? absent, calm: calm ?? absent },
    };
  });
  return { series, lever: leverWords(series), timeline, pins };
}

/** It asks for no data at all, as a Watchdog. */
function alwaysFiring(bench: Bench): Recipe {
  const { rule, evaluationMs } = bench;
  const firingAtMs = bench.onGrid(rule.forMs);
  const end = firingAtMs + 4 * evaluationMs;
  const timeline = {
    scrapeMs: bench.scrapeMs,
    evaluationMs,
    settledAtMs: 0,
    overAtMs: 0,
    activeAtMs: 0,
    firingAtMs,
    calmAtMs: end,
    resolvedAtMs: end,
  };
  return {
    alert: rule.ref,
    always: true,
    pairs: [{ series: [], lever: leverWords([]), timeline, pins: [] }],
    instances: [{ ...rule.labels, alertname: rule.ref.name }],
    labels: rule.labels,
    annotations: rule.annotations,
    forMs: rule.forMs,
    windowMs: 0,
    readsClock: false,
    pins: [],
  };
}
