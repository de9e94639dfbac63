/** How far something is that takes its time. */
export interface Elapsed {
  /** So long it has been going on, ms. */
  doneMs: number;
  /** So long it takes by the plan, ms; 0: nobody knows. */
  totalMs: number;
  /** After so much more waiting it is given up, ms; undefined: there is no deadline. */
  withinMs?: number | undefined;
}

/** Below this nobody asks how long it has been, ms. */
const WORTH_TELLING_MS = 2_000;

/**
 * In words: what is left by the plan (`23 s left`); of what is waited for with a deadline, or takes
 * longer than planned, how long it has been and when it is given up (`14 s, at most 76 s more`).
 * Empty where there is nothing to tell.
 */
export function timeLeft({ doneMs, totalMs, withinMs }: Elapsed): string {
  const leftMs = totalMs - doneMs;
  const soFar = doneMs < WORTH_TELLING_MS ? '' : `${Math.floor(doneMs / 1000)} s`;
  if (withinMs !== undefined) {
    const more = `at most ${Math.max(1, Math.ceil(withinMs / 1000))} s more`;
    return soFar === '' ? more : `${soFar}, ${more}`;
  }
  if (totalMs <= 0) return soFar;
  if (leftMs > 0) return `${Math.ceil(leftMs / 1000)} s left`;
  return soFar === '' ? 'any moment now' : `${soFar}, any moment now`;
}
