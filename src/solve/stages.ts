import { AfterChange } from './after-change.ts';
import type { Bench } from './bench.ts';
import { PIN_BUDGET, STAGE_BUDGET, within } from './budget.ts';
import { pairsByClock } from './by-clock.ts';
import { askedOfClock } from './clock-stretches.ts';
import { leversFor } from './concerned.ts';
import type { Pairs } from './found-pairs.ts';
import { delaysFor, lookbacksOf } from './lookbacks.ts';
import { isSampledAt } from './moment-bounds.ts';
import type { Seen } from './never-quiet.ts';
import { fromFiring, fromQuiet, pinTheRest } from './pinning.ts';
import { findFiring, findQuiet } from './search.ts';
import { emptyState } from './states.ts';
import type { State } from './states.ts';
import type { Steady } from './steady.ts';
import type { Trial } from './trial.ts';

/** Adds the pairs around a state in which it fires steadily, as far as they pin anything. */
export function pairsAround(
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

/** What never fires steadily may for a while after a change. */
export function pairsAfterChanges(bench: Bench, pairs: Pairs): void {
  const lookbacks = lookbacksOf(bench.expr, bench.recorded);
  pinWhatIsLeft(afterChanges(bench, pairs, lookbacks, []), pairs);
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

/** By then most numbers are pinned; what isn't is looked for number by number. */
function pinWhatIsLeft(firing: readonly (readonly [Trial, State])[], pairs: Pairs): void {
  for (const [trial, state] of firing) {
    if (pairs.done || pairs.found.length === 0) return;
    pairs.begin();
    within(trial.bench.budget, PIN_BUDGET, () => pinTheRest(trial, state, pairs));
  }
}
