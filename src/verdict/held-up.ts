import type { Evidence } from '../model/evidence.ts';

/**
 * The harness's own clockwork may lag this much before its word on times is doubted, ms: half of
 * what the windows allow for it.
 */
export const HELD_UP_MS = 250;

/**
 * Whether the harness was held up around a moment, epoch ms.
 * @param aroundMs how much before and after it counts as around
 */
export function heldUpAround(
  { lags }: Pick<Evidence, 'lags'>,
  aroundMs: number,
): (atMs: number) => boolean {
  const long = lags.filter(({ ms }) => ms > HELD_UP_MS);
  return (atMs) => long.some((lag) => Math.abs(lag.at - atMs) < aroundMs + lag.ms);
}
