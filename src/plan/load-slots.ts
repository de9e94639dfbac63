/** A stretch in which a service's load or its answers change, ms. */
export interface Change {
  fromMs: number;
  toMs: number;
}

export interface SlotsInput {
  changes: Change[];
  /** A steady slot lasts so long at least, where there is room: a window, and points after it. */
  steadyMs: number;
  /** When the load ends. */
  lengthMs: number;
}

/**
 * Cuts the time of a service's load into slots: where each change begins and ends, and what is
 * steady between two of them into parts of at least `steadyMs`. A grid that knows nothing of the
 * changes leaves hardly a slot without one.
 * @returns the ends of the slots, in order; each begins where the one before it ends
 */
export function slotsOf({ changes, steadyMs, lengthMs }: SlotsInput): number[] {
  const ends: number[] = [];
  let fromMs = 0;
  for (const change of merged(changes, lengthMs)) {
    if (change.fromMs > fromMs) ends.push(...parts(fromMs, change.fromMs, steadyMs));
    ends.push(change.toMs);
    fromMs = change.toMs;
  }
  return fromMs < lengthMs ? [...ends, ...parts(fromMs, lengthMs, steadyMs)] : ends;
}

/** The changes within the load's time, in order; those that touch each other are one. */
function merged(changes: Change[], lengthMs: number): Change[] {
  const whole: Change[] = [];
  for (const change of changes.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const [fromMs, toMs] = [Math.max(0, change.fromMs), Math.min(change.toMs, lengthMs)];
    const last = whole.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else if (fromMs < toMs) whole.push({ fromMs, toMs });
  }
  return whole;
}

/** Ends of as many equal parts of a stretch as it has room for; at least one. */
function parts(fromMs: number, toMs: number, leastMs: number): number[] {
  const count = Math.max(1, Math.floor((toMs - fromMs) / leastMs));
  return Array.from({ length: count }, (_, i) => fromMs + ((toMs - fromMs) * (i + 1)) / count);
}
