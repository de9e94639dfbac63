/** A moment from which on a service's load or answers are other ones, until it has settled, ms. */
export interface Change {
  atMs: number;
  settledMs: number;
}

export interface SlotsInput {
  changes: Change[];
  /** A steady slot lasts so long at least, where there is room: a window, and points after it. */
  steadyMs: number;
  /** When the load ends. */
  lengthMs: number;
}

/**
 * Cuts the time of a service's load into slots: at each change, where it has settled, and what is
 * steady between two changes into parts of at least `steadyMs`. A grid that knows nothing of the
 * changes leaves hardly a slot without one.
 * @returns the ends of the slots, in order; each begins where the one before it ends
 */
export function slotsOf({ changes, steadyMs, lengthMs }: SlotsInput): number[] {
  const ends: number[] = [];
  let fromMs = 0;
  for (const [beginMs, endMs] of unsteady(changes, lengthMs)) {
    if (beginMs > fromMs) ends.push(...parts(fromMs, beginMs, steadyMs));
    ends.push(endMs);
    fromMs = endMs;
  }
  return fromMs < lengthMs ? [...ends, ...parts(fromMs, lengthMs, steadyMs)] : ends;
}

/** The stretches after changes; those that touch each other are one. */
function unsteady(changes: Change[], lengthMs: number): [number, number][] {
  const merged: [number, number][] = [];
  for (const { atMs, settledMs } of changes.toSorted((a, b) => a.atMs - b.atMs)) {
    const endMs = Math.min(settledMs, lengthMs);
    const last = merged.at(-1);
    if (atMs >= lengthMs) break;
    if (last && atMs <= last[1]) last[1] = Math.max(last[1], endMs);
    else merged.push([atMs, endMs]);
  }
  return merged;
}

/** Ends of as many equal parts of a stretch as it has room for; at least one. */
function parts(fromMs: number, toMs: number, leastMs: number): number[] {
  const count = Math.max(1, Math.floor((toMs - fromMs) / leastMs));
  return Array.from({ length: count }, (_, i) => fromMs + ((toMs - fromMs) * (i + 1)) / count);
}
