/** When an alert would have been active, with the rule as it is now. */
export interface Episode {
  /** Epoch ms; `toMs` is the last evaluation at which it still fired. */
  fromMs: number;
  toMs: number;
}

/**
 * The times at which one instance of an alert would have fired: it is pending from the first
 * evaluation at which its expression has a value, fires once `for` has passed, and ends with the
 * first evaluation that finds none, or `keep_firing_for` later (rules/alerting.go, `Eval`).
 * @param presentMs evaluations at which the expression had a value, epoch ms, ascending
 * @param stepMs distance of the evaluations
 */
export function firingEpisodes(
  presentMs: number[],
  { forMs, keepFiringForMs, stepMs }: { forMs: number; keepFiringForMs: number; stepMs: number },
): Episode[] {
  const episodes: Episode[] = [];
  for (const { fromMs, toMs } of stretches(presentMs, stepMs)) {
    const firesMs = fromMs + Math.ceil(forMs / stepMs) * stepMs;
    const before = episodes.at(-1);
    // What still fires when the expression comes back goes on firing.
    if (before && fromMs <= before.toMs + stepMs) before.toMs = toMs + keepFiringForMs;
    else if (firesMs <= toMs) episodes.push({ fromMs: firesMs, toMs: toMs + keepFiringForMs });
  }
  return episodes;
}

/** Evaluations without a gap between them. */
function stretches(presentMs: number[], stepMs: number): Episode[] {
  const found: Episode[] = [];
  for (const at of presentMs) {
    const last = found.at(-1);
    if (last && at - last.toMs <= stepMs) last.toMs = at;
    else found.push({ fromMs: at, toMs: at });
  }
  return found;
}

/** A stretch of time as it is asked for: no more points than Prometheus gives in one answer. */
export function windowOf(
  nowMs: number,
  lastMs: number,
  intervalMs: number,
): { fromMs: number; toMs: number; stepMs: number } {
  const stepMs = Math.max(intervalMs, Math.ceil(lastMs / MOST_POINTS / 1000) * 1000);
  // Evaluations of a range begin at its start: a multiple of the step asks for the same moments
  // each time.
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  return { fromMs: toMs - Math.floor(lastMs / stepMs) * stepMs, toMs, stepMs };
}

/** Prometheus refuses more than 11,000 points a series (web/api/v1/api.go, `queryRange`). */
const MOST_POINTS = 10_000;
