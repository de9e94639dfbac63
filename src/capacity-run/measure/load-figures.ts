import type { CapacityAccount, CapacityLoad, CapacityPart } from '../../model/capacity-load.ts';
import type { Figures } from '../../model/figures.ts';

/** Iterations that the edges of the measured part may hide: one at each end. */
const EDGES = 2;

/**
 * k6's account as figures. With nothing dropped, latency counts from the intended start: what
 * waited because others were slow has waited. k6 doesn't number what it drops, so after drops the
 * intended start is not known any more; then latency counts from the real one, and what was dropped
 * is told by its own figure.
 */
export function figuresOfLoad(
  load: CapacityLoad,
  account: CapacityAccount,
): { figures: Figures; parts: Record<string, Figures> } {
  const offered = (load.rate * load.measuredMs) / 1000;
  const missing = offered - account.all.sent;
  const droppedShare =
    account.dropped === 0 || missing <= EDGES ? 0 : Math.min(1, missing / offered);
  const seconds = load.measuredMs / 1000;
  const numbered = account.dropped === 0;
  const of = (part: CapacityPart, share: number): Figures => {
    const times = numbered ? part.fromIntended : part.fromSent;
    const quantile = (name: Exclude<keyof typeof times, symbol>, key: keyof Figures): Figures =>
      times[name] === undefined ? {} : { [key]: times[name] / 1000 };
    return {
      offeredPerSecond: load.rate * share,
      achievedPerSecond: part.answeredWithin / seconds,
      ...quantile('0.5', 'latencyP50Seconds'),
      ...quantile('0.95', 'latencyP95Seconds'),
      ...quantile('0.99', 'latencyP99Seconds'),
      ...quantile('0.999', 'latencyP999Seconds'),
      ...(part.sent === 0
        ? {}
        : {
            errorShare: (part.errors + part.unanswered) / part.sent,
            refusedShare: part.unanswered / part.sent,
          }),
    };
  };
  const names = Object.keys(account.parts);
  return {
    figures: { ...of(account.all, 1), droppedShare },
    parts: Object.fromEntries(
      Object.entries(account.parts).map(([name, part]) => [name, of(part, 1 / names.length)]),
    ),
  };
}

/**
 * Users that can wait for an answer at once: as many as arrive in a little more than the longest
 * time that is no breach.
 */
export function virtualUsers(ratePerSecond: number, limitSeconds: number): number {
  return Math.min(MOST_USERS, Math.ceil(ratePerSecond * limitSeconds * ROOM) + LEAST_USERS);
}
const ROOM = 1.2;
const LEAST_USERS = 20;
/** About 2 GB of k6's memory. */
const MOST_USERS = 4_000;
