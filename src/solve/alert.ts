import type { Expr } from '../promql/ast.ts';
import type { Recipe, Unsolved } from '../model/recipe.ts';
import { NotUnderstood, TooExpensive } from '../promql/evaluate/index.ts';
import { wrongTypes } from '../promql/wrong-types.ts';
import { AfterChange } from './after-change.ts';
import type { AlertsNamed } from './alert-states.ts';
import { alwaysFiring } from './always.ts';
import { Bench } from './bench.ts';
import type { Budget } from './bench.ts';
import { pairsByClock } from './by-clock.ts';
import { askedOfClock, asksForMoment } from './clock-stretches.ts';
import { withClearState } from './clear-counts.ts';
import { leversFor } from './concerned.ts';
import { isComparing } from './distance.ts';
import { Pairs } from './found-pairs.ts';
import { provedImpossible } from './impossible.ts';
import type { Recorded } from './leaves.ts';
import { neverBegins } from './never-quiet.ts';
import type { Seen } from './never-quiet.ts';
import { delaysFor, lookbacksOf } from './lookbacks.ts';
import { isSampledAt } from './moment-bounds.ts';
import { fromFiring, fromQuiet, pinTheRest } from './pinning.ts';
import type { SolveRule } from './rules.ts';
import { findFiring, findQuiet } from './search.ts';
import { setupsFor } from './setups.ts';
import { emptyState } from './states.ts';
import type { State } from './states.ts';
import { Steady } from './steady.ts';
import type { Trial } from './trial.ts';
import { notFound, refused, unparsed, tooLong, unsatisfiable } from './unsolved.ts';

/** Samples that solving one alert may look at; far more than any honest rule needs. */
const BUDGET = 8_000_000;
/** And of these on one way to set its world up, */
const SETUP_BUDGET = 5_000_000;
/** on one stage of that, */
const STAGE_BUDGET = 2_000_000;
/** and on pinning numbers once it is known how the alert fires. */
const PIN_BUDGET = 900_000;
/** What it costs to look at a world once, but where windows lie within windows; */
const USUAL_LOOK = 5_000;
/** more than this is too much; */
const DEAREST_LOOK = 150_000;
/** in between the budgets are as many times larger, up to this. */
const MOST_TIMES = 6;

/** Solves one alert. @param named labels that its templates print */
export function solveAlert(
  rule: SolveRule,
  recorded: Recorded,
  scrapeMs: number,
  named: ReadonlySet<string>,
  alertsNamed: AlertsNamed,
): Recipe | Unsolved {
  const { expr, ref: alert } = rule;
  if (!expr) return unparsed(rule);
  const [wrong] = wrongTypes(expr);
  if (wrong) return refused(rule, wrong);
  const proof = provedImpossible(rule, expr, recorded, alertsNamed);
  if (proof) return unsatisfiable(rule, expr, proof, recorded, scrapeMs);
  const long = tooLong(rule, expr, recorded);
  if (long) return long;
  const seen: Seen = { fires: false, quiet: false };
  try {
    const recipe = solveWith(rule, expr, recorded, scrapeMs, { named, seen });
    if (recipe) return recipe;
  } catch (error) {
    if (error instanceof NotUnderstood)
      return { alert, kind: 'not-understood', reason: error.message, construct: error.construct };
    if (!(error instanceof TooExpensive)) throw error;
    if (seen.fires) return neverBegins(rule, expr, seen);
    return {
      alert,
      kind: 'not-understood',
      reason: 'no world was found in which it fires, and the search became too long',
      construct: 'a search of this size',
    };
  }
  return seen.fires ? neverBegins(rule, expr, seen) : notFound(rule, expr);
}

/**
 * The first way of setting up a world in which it can be solved, and others that pin more.
 * @param seen is told what it does in worlds of which no pair is made
 */
function solveWith(
  rule: SolveRule,
  expr: Expr,
  recorded: Recorded,
  scrapeMs: number,
  { named, seen }: { named: ReadonlySet<string>; seen: Seen },
): Recipe | undefined {
  const pairs = new Pairs(expr);
  const budget: Budget = { samples: BUDGET, times: 1 };
  const quiet: Steady[] = [];
  for (const setup of setupsFor(rule, expr, recorded)) {
    const bench = new Bench(rule, expr, recorded, scrapeMs, named, setup, budget);
    const steady = new Steady(bench);
    allowMore(steady);
    // One way that leads nowhere must not take all the time.
    const firing = within(budget, STAGE_BUDGET, () => findFiring(steady));
    if (firing) seen.fires = true;
    else seen.quiet = true;
    const asksClock = askedOfClock(expr, recorded).length > 0;
    if (firing && bench.leaves.length === 0 && !asksClock) return alwaysFiring(bench);
    const older = (shiftMs: number): Bench =>
      new Bench(rule, expr, recorded, scrapeMs, named, { ...setup, shiftMs }, budget);
    within(budget, SETUP_BUDGET, () => {
      if (firing) pairsAround(steady, withClearState(steady, firing), { pairs, seen }, older);
      else if (pairs.found.length > 0 || !meets(steady)) quiet.push(steady);
      else pairsAfterChanges(bench, pairs);
    });
    if (pairs.found.length > 0)
      budget.samples = Math.min(budget.samples, PIN_BUDGET * budget.times);
    if (pairs.done) break;
  }
  // Where labels don't even meet, hardly any change helps.
  for (const { bench } of quiet) if (pairs.found.length === 0) pairsAfterChanges(bench, pairs);
  if (pairs.found.length === 0 && budget.samples <= 0)
    throw new TooExpensive('it takes too many trials');
  return recipeOf(rule, pairs);
}

/** Where it costs more than usual to look at a world once, a search may look at more. */
function allowMore(steady: Steady): void {
  const { budget } = steady.bench;
  const [start] = steady.starts;
  if (!start) return;
  const before = budget.samples;
  within(budget, DEAREST_LOOK, () => steady.verdict(start));
  const times = Math.min(MOST_TIMES, (before - budget.samples) / USUAL_LOOK);
  // What can hardly be looked at even once stays so.
  if (before - budget.samples >= DEAREST_LOOK || times <= budget.times) return;
  budget.samples += BUDGET * (times - budget.times);
  budget.times = times;
}

/** Whether there is anything to compare before anything is moved. */
function meets(steady: Steady): boolean {
  return steady.starts.some((state) => isComparing(steady.distance(state)));
}

/** What never fires steadily may for a while after a change. */
function pairsAfterChanges(bench: Bench, pairs: Pairs): void {
  const lookbacks = lookbacksOf(bench.expr, bench.recorded);
  pinWhatIsLeft(afterChanges(bench, pairs, lookbacks, []), pairs);
}

/** Adds the pairs around a state in which it fires steadily, as far as they pin anything. */
function pairsAround(
  steady: Steady,
  firing: State,
  { pairs, seen }: { pairs: Pairs; seen: Seen },
  older: (shiftMs: number) => Bench,
): void {
  const { bench } = steady;
  const { budget } = bench;
  pairs.begin();
  within(budget, STAGE_BUDGET, () => fromFiring(steady, firing, pairs));
  const quiet = pairs.done
    ? undefined
    : within(budget, STAGE_BUDGET, () => findQuiet(steady, firing));
  if (quiet) seen.quiet = true;
  const lookbacks = lookbacksOf(bench.expr, bench.recorded);
  const besides = (): void => {
    within(budget, PIN_BUDGET, () => fromQuiet(steady, firing, quiet, pairs));
    within(budget, PIN_BUDGET, () => pairs.takeBeside(steady));
  };
  if (!pairs.done && askedOfClock(bench.expr, bench.recorded).length > 0) {
    const edge = pairs.edgeOf(steady);
    const states = [edge?.near, quiet, emptyState(bench.leaves)].filter((s) => s !== undefined);
    const ways = { firing: edge?.over ?? firing, quiet: states, older };
    within(budget, PIN_BUDGET, () => pairsByClock(bench, ways, pairs));
  }
  const known = quiet ? [[firing, quiet] as const] : [];
  const changed: (readonly [Trial, State])[] = [];
  const afterwards = (): void => {
    if (!pairs.done) changed.push(...afterChanges(bench, pairs, lookbacks, known));
  };
  // Windows that differ are told apart by a change; what else there is needs none.
  const stages = lookbacks.length > 2 ? [afterwards, besides] : [besides, afterwards];
  // No stage takes all: what hangs on a few series is found soon where only those are moved.
  const share = budget.samples / budget.times - PIN_BUDGET;
  for (const stage of stages) within(budget, share, stage);
  pairs.begin();
  within(budget, PIN_BUDGET, () => pinTheRest(steady, firing, pairs, leversFor));
  pinWhatIsLeft([[steady, firing], ...changed], pairs);
}

/** By then most numbers are pinned; what isn't is looked for number by number. */
function pinWhatIsLeft(firing: readonly (readonly [Trial, State])[], pairs: Pairs): void {
  for (const [trial, state] of firing) {
    if (pairs.done || pairs.found.length === 0) return;
    pairs.begin();
    within(trial.bench.budget, PIN_BUDGET, () => pinTheRest(trial, state, pairs));
  }
}

/**
 * What fires for a while after something has changed: looked at when it sees some of the change and
 * not yet all.
 * @param known states of now and of before that a search may begin at
 * @returns what fires after which change
 */
function afterChanges(
  bench: Bench,
  pairs: Pairs,
  lookbacks: readonly number[],
  known: readonly (readonly [now: State, past: State])[],
): (readonly [Trial, State])[] {
  const found: (readonly [Trial, State])[] = [];
  const asksAge = bench.any((e) => e.type === 'call' && isSampledAt(e));
  const lastMs = asksAge ? 2 * (bench.scrapeMs + bench.evaluationMs) : undefined;
  for (const delayMs of delaysFor(lookbacks, bench.rule.forMs, lastMs)) {
    if (pairs.done) break;
    within(bench.budget, STAGE_BUDGET, () => {
      const trial = new AfterChange(bench, delayMs, known);
      const firing = findFiring(trial);
      if (!firing) return;
      found.push([trial, firing]);
      pairs.begin();
      fromFiring(trial, firing, pairs);
    });
  }
  return found;
}

/**
 * Does no more work than so many samples cost; what was found until then counts.
 * @returns what the work gives, if it came to its end
 */
function within<T>(budget: Budget, samples: number, work: () => T): T | undefined {
  const share = Math.min(Math.max(0, budget.samples), samples * budget.times);
  const rest = Math.max(0, budget.samples) - share;
  budget.samples = share;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TooExpensive)) throw error;
    return undefined;
  } finally {
    budget.samples = Math.max(0, budget.samples) + rest;
  }
}

function recipeOf(rule: SolveRule, { found, pins }: Pairs): Recipe | undefined {
  const [first, ...others] = found;
  if (!first) return undefined;
  const { bench } = first;
  return {
    alert: rule.ref,
    pairs: [first.pair, ...others.map((f) => f.pair)],
    instances: first.course.instances,
    result: first.course.result,
    labels: rule.labels,
    annotations: rule.annotations,
    forMs: rule.forMs,
    windowMs: bench.windowMs,
    readsClock:
      askedOfClock(bench.expr, bench.recorded).length > 0 ||
      bench.any((e) => asksForMoment(e, bench.recorded)),
    pins,
  };
}
