import { carries } from '../../lib/carries.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { VirtualOutcome, VirtualStates } from '../../model/virtual-world.ts';

/** How alerts have to be kept from others: numbers of their rules. */
export interface Company {
  /** Provoked while nothing else is. */
  alone: ReadonlySet<number>;
  /** Not provoked live, and why. */
  never: ReadonlyMap<number, string>;
}

export const NO_COMPANY: Company = { alone: new Set(), never: new Map() };

/**
 * What virtual time teaches about a plan: whom others disturb is provoked alone, and whom they
 * disturb even then isn't provoked live.
 * @returns undefined: every alert of the plan is among the others what it is by itself
 */
export function learnt(
  plan: ProofPlan,
  outcomes: readonly VirtualOutcome[],
  { alone, never }: Company,
): Company | undefined {
  const disturbed = plan.tracks.filter(
    (track) =>
      track.way === 'live' && !track.always && outcomes.some((o) => !isItself(plan, track, o)),
  );
  if (disturbed.length === 0) return undefined;
  const numbers = disturbed.map(({ alert }) => alert.index);
  const again = numbers.filter((number) => alone.has(number));
  return {
    alone: new Set([...alone, ...numbers]),
    never: new Map([
      ...never,
      ...again.map((n): [number, string] => [n, 'series of other alerts come into its expression']),
    ]),
  };
}

/** Quiet near its limit, firing over it, and over again. */
function isItself({ speed }: ProofPlan, track: ProofTrack, outcome: VirtualOutcome): boolean {
  if ('errors' in outcome) {
    const failing = new Set(outcome.errors.map(({ rule }) => rule));
    return ![track.alert.name, ...track.behind].some((name) => failing.has(name));
  }
  const own = outcome.states.filter(
    ({ labels }) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
  const sees = (times: (states: VirtualStates) => number[], from: number, until: number): boolean =>
    own.some((states) => times(states).some((at) => from * speed <= at && at < until * speed));
  const { settledAtMs, overAtMs, calmAtMs, resolvedWithinMs, endMs } = track;
  const active = ({ active: times }: VirtualStates): number[] => times;
  return (
    !sees(active, settledAtMs, overAtMs) &&
    sees(({ firing }) => firing, overAtMs, calmAtMs) &&
    !sees(active, calmAtMs + resolvedWithinMs, endMs)
  );
}
