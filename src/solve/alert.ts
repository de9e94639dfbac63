import type { Recipe, Unsolved } from '../model/recipe.ts';
import type { Expr } from '../promql/ast.ts';
import { NotUnderstood, TooExpensive } from '../promql/evaluate/index.ts';
import { wrongTypes } from '../promql/wrong-types.ts';
import type { AlertsNamed } from './alert-states.ts';
import { alwaysFiring } from './always.ts';
import { Bench } from './bench.ts';
import type { Budget } from './bench.ts';
import { BUDGET, PIN_BUDGET, SETUP_BUDGET, STAGE_BUDGET, allowMore, within } from './budget.ts';
import { withClearState } from './clear-counts.ts';
import { askedOfClock, asksForMoment } from './clock-stretches.ts';
import { isComparing } from './distance.ts';
import { Pairs } from './found-pairs.ts';
import { provedImpossible } from './impossible.ts';
import type { Recorded } from './leaves.ts';
import { neverBegins } from './never-quiet.ts';
import type { Seen } from './never-quiet.ts';
import type { SolveRule } from './rules.ts';
import { findFiring } from './search.ts';
import { setupsFor } from './setups.ts';
import { pairsAfterChanges, pairsAround } from './stages.ts';
import { Steady } from './steady.ts';
import { notFound, refused, tooLong, unparsed, unsatisfiable } from './unsolved.ts';

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

/** Whether there is anything to compare before anything is moved. */
function meets(steady: Steady): boolean {
  return steady.starts.some((state) => isComparing(steady.distance(state)));
}

function recipeOf(rule: SolveRule, { found, pins }: Pairs): Recipe | undefined {
  const [first, ...others] = found;
  if (!first) return undefined;
  const { bench } = first;
  const { lacking } = bench.setup.labels;
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
    ...(lacking && { lacking: [...lacking] }),
  };
}
