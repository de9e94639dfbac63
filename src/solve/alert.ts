import type { Expr } from '../promql/ast.ts';
import type { Recipe, Unsolved } from '../model/recipe.ts';
import { NotUnderstood, TooExpensive } from '../promql/evaluate/index.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';
import { Bench } from './bench.ts';
import { Pairs, pairOf } from './found-pairs.ts';
import type { Found } from './found-pairs.ts';
import { edgesInto, edgesOf } from './pairs.ts';
import { isSettled, joinedPins, pinsOf, SIDES, shifted } from './pins.ts';
import { thresholdsOf, withNumber } from './thresholds.ts';
import { placeholderIn, unparsedReason } from './placeholder.ts';
import { provedImpossible } from './impossible.ts';
import type { Recorded } from './leaves.ts';
import type { SolveRule } from './rules.ts';
import { descend, findFiring, leversOn } from './search.ts';
import type { Goal } from './search.ts';
import { setupsFor } from './setups.ts';
import { baseState, moved } from './states.ts';
import type { Lever, State } from './states.ts';
import { courseOf } from './timeline.ts';
import { leverWords } from './words.ts';

/** Samples that solving one alert may look at; far more than any honest rule needs. */
const BUDGET = 5_000_000;
/** And of these on one way to set its world up. */
const SETUP_BUDGET = 4_000_000;

/** Solves one alert. @param named labels that its templates print */
export function solveAlert(
  rule: SolveRule,
  recorded: Recorded,
  scrapeMs: number,
  named: ReadonlySet<string>,
): Recipe | Unsolved {
  const { expr, ref: alert } = rule;
  if (!expr) return unparsed(rule);
  const proof = provedImpossible(rule, expr, recorded);
  if (proof) return { alert, kind: 'unsatisfiable', ...proof };
  try {
    const recipe = solveWith(rule, expr, recorded, scrapeMs, named);
    if (recipe) return recipe;
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

/** A placeholder is for its author to fill in; what else is no PromQL isn't understood. */
function unparsed({ ref: alert, text }: SolveRule): Unsolved {
  const placeholder = placeholderIn(text);
  if (placeholder !== undefined)
    return {
      alert,
      kind: 'needs-word',
      reason: `\`${placeholder}\` in its expression is a placeholder that nobody has filled in`,
      question: `What stands for \`${placeholder}\`? Fill the template in, and give the result.`,
    };
  return {
    alert,
    kind: 'not-understood',
    reason: unparsedReason(text),
    construct: 'the expression',
  };
}

/** The first way of setting up a world in which it can be solved. */
function solveWith(
  rule: SolveRule,
  expr: Expr,
  recorded: Recorded,
  scrapeMs: number,
  named: ReadonlySet<string>,
): Recipe | undefined {
  let [left, tooLong] = [BUDGET, undefined as TooExpensive | undefined];
  for (const setup of setupsFor(rule, expr, recorded)) {
    // One way that leads nowhere must not take all the time.
    const share = Math.min(left, SETUP_BUDGET);
    const budget = { samples: share };
    try {
      const bench = new Bench(rule, expr, recorded, scrapeMs, named, setup, budget);
      const recipe = solveOn(bench);
      if (recipe) return recipe;
    } catch (error) {
      if (!(error instanceof TooExpensive)) throw error;
      tooLong = error;
    }
    left -= share - Math.max(0, budget.samples);
    if (left <= 0) break;
  }
  if (tooLong) throw tooLong;
  return undefined;
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
    pins: joinedPins(found.map((f) => f.pair.pins)),
  };
}

/**
 * Pairs around a steady firing state: the first that works, and those that pin what isn't pinned
 * yet.
 */
function steadyPairs(bench: Bench, levers: readonly Lever[], firing: State): Found[] {
  const pairs = new Pairs(bench);
  asFarAsAffordable(() => fromFiring(bench, levers, firing, pairs));
  asFarAsAffordable(() => fromQuiet(bench, levers, firing, pairs));
  if (pairs.found.length > 0) asFarAsAffordable(() => pinTheRest(bench, levers, firing, pairs));
  asFarAsAffordable(() => pairs.takeBeside());
  return pairs.found;
}

function fromFiring(bench: Bench, levers: readonly Lever[], firing: State, pairs: Pairs): void {
  for (const lever of levers) {
    if (pairs.done) return;
    for (const edge of edgesOf(bench, firing, lever)) pairs.take(edge);
  }
}

/**
 * From the quiet side other parts of the expression decide: beside the limit, and where nothing
 * holds at all.
 */
function fromQuiet(bench: Bench, levers: readonly Lever[], firing: State, pairs: Pairs): void {
  if (pairs.done) return;
  const beside = levers.flatMap((lever) => edgesOf(bench, firing, lever).map((e) => e.near));
  const nothing = descend(bench, levers, firing, (state) =>
    bench.distance(state, bench.expr, false),
  );
  for (const state of [...beside.slice(0, 4), ...(nothing ? [nothing] : [])])
    for (const lever of levers) {
      if (pairs.done) return;
      for (const edge of edgesInto(bench, state, lever)) pairs.take(edge);
    }
}

/** What was found counts, even if there is no time to pin the rest. */
function asFarAsAffordable(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof TooExpensive)) throw error;
  }
}

/**
 * For each number that nothing notices: a world in which another number makes the difference, and
 * its counterpart beside it.
 */
function pinTheRest(bench: Bench, levers: readonly Lever[], firing: State, pairs: Pairs): void {
  for (const [i, threshold] of pairs.thresholds.entries())
    for (const side of SIDES) {
      const pin = pairs.pins[i];
      if (!pin || isSettled(pin, side)) continue;
      const other = withNumber(bench.expr, threshold.number, shifted(threshold, side));
      for (const [fires, not] of [
        [bench.expr, other],
        [other, bench.expr],
      ] as const) {
        const goal: Goal = (state) =>
          bench.distance(state, fires) + bench.distance(state, not, false);
        const state = descend(bench, levers, firing, goal);
        if (!state) continue;
        const edges = levers.flatMap((lever) =>
          fires === bench.expr
            ? edgesOf(bench, state, lever).map((e) => ({ ...e, over: state }))
            : edgesInto(bench, state, lever).map((e) => ({ ...e, near: state })),
        );
        for (const edge of edges)
          if (!pairs.pins[i] || !isSettled(pairs.pins[i], side)) pairs.take(edge);
        break;
      }
    }
}

/** What fires for a while after something has changed: a step, a series that vanishes. */
function eventPairs(bench: Bench, levers: readonly Lever[], base: State): Found[] {
  const thresholds = thresholdsOf(bench.expr);
  for (const lever of levers)
    for (const level of [0, 2, 1.5, 0.5, 10, 0.01, 100, 1e4, 1e6]) {
      if (lever.field === 'present' && level > 1) continue;
      const course = courseOf(bench, base, moved(base, lever, level), base);
      if (course) return [{ course, pair: pairOf(course, pinsOf(bench, course, thresholds)) }];
    }
  return [];
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
