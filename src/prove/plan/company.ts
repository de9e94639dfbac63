import { carries } from '../../lib/carries.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { VirtualOutcome, VirtualStates } from '../../model/virtual-world.ts';

/** What becomes of an alert that isn't provoked. */
export type Left = Omit<ProofPlan['notProvoked'][number], 'alert'>;

/** How alerts have to be kept from others: numbers of their rules. */
export interface Company {
  /** Provoked while nothing else is. */
  alone: ReadonlySet<number>;
  /** Not provoked live. */
  never: ReadonlyMap<number, Left>;
}

export const NO_COMPANY: Company = { alone: new Set(), never: new Map() };

/** What an alert does in a world: quiet near its limit, firing over it, and over again; or not. */
type Doing = 'itself' | 'silent' | 'early' | 'lasting' | 'refused';

/**
 * What virtual time teaches about a plan: whom others disturb is provoked alone; and who isn't
 * itself even then has to be looked at without them.
 * @returns `again`: those; undefined: every alert of the plan is among the others what it is by
 * itself
 */
export function learnt(
  plan: ProofPlan,
  outcomes: readonly VirtualOutcome[],
  { alone }: Pick<Company, 'alone'>,
): { alone: Company['alone']; again: number[] } | undefined {
  const disturbed = plan.tracks.filter(
    (track) =>
      track.way === 'live' &&
      !track.always &&
      outcomes.some((outcome) => doingOf(plan, track, outcome) !== 'itself'),
  );
  if (disturbed.length === 0) return undefined;
  const numbers = disturbed.map(({ alert }) => alert.index);
  return {
    alone: new Set([...alone, ...numbers]),
    again: numbers.filter((number) => alone.has(number)),
  };
}

const OTHERWISE = {
  silent: "doesn't let it fire",
  early: 'lets it fire below its limit already',
  lasting: "doesn't let it end",
};

/**
 * What becomes of an alert that isn't itself among others although it is provoked alone, by a world
 * that has no other: there is the stack's own relabelling, intervals and labels alone.
 * @param plan of this alert alone
 * @param why it isn't itself among the others, where it is in this world
 * @param cause why it can never fire in this stack, where that is known
 */
export function leftOut(
  plan: Pick<ProofPlan, 'speed' | 'tracks' | 'notProvoked'>,
  outcomes: readonly VirtualOutcome[],
  why: string,
  cause: Left | undefined,
): Left {
  const [track] = plan.tracks;
  const [left] = plan.notProvoked;
  if (!track) return left ?? unjudged("virtual time can't be asked about it by itself");
  const [error] = outcomes.flatMap((outcome) => ('errors' in outcome ? outcome.errors : []));
  if (error) return unjudged(`virtual time can't evaluate ${error.rule}: ${error.error}`);
  const doings = outcomes.map((outcome) => doingOf(plan, track, outcome));
  const odd = doings.find((doing) => doing !== 'itself' && doing !== 'refused');
  if (odd === undefined) return { kind: 'virtual', why, source: null };
  if (cause && doings.every((doing) => doing === 'silent')) return cause;
  return unjudged(
    `by itself, scraped and evaluated as the stack says, virtual time ${OTHERWISE[odd]}`,
  );
}

/** Left out for a reason that is none against the alert. */
export function unjudged(why: string): Left {
  return { kind: 'unjudged', why, source: null };
}

function doingOf(
  { speed }: Pick<ProofPlan, 'speed'>,
  track: ProofTrack,
  outcome: VirtualOutcome,
): Doing {
  if ('errors' in outcome) {
    const failing = new Set(outcome.errors.map(({ rule }) => rule));
    return [track.alert.name, ...track.behind].some((name) => failing.has(name))
      ? 'refused'
      : 'itself';
  }
  const own = outcome.states.filter(
    ({ labels }) => labels['alertname'] === track.alert.name && carries(labels, track.labels),
  );
  const sees = (times: (states: VirtualStates) => number[], from: number, until: number): boolean =>
    own.some((states) => times(states).some((at) => from * speed <= at && at < until * speed));
  const { settledAtMs, overAtMs, calmAtMs, resolvedWithinMs, endMs } = track;
  const active = ({ active: times }: VirtualStates): number[] => times;
  if (sees(active, settledAtMs, overAtMs)) return 'early';
  if (!sees(({ firing }) => firing, overAtMs, calmAtMs)) return 'silent';
  return sees(active, calmAtMs + resolvedWithinMs, endMs) ? 'lasting' : 'itself';
}
