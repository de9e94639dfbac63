import { greatestCommonDivisor } from '../lib/divisor.ts';

/** What evaluations are counted by: a group's interval, and `for` and `keep_firing_for` in it. */
export interface CountedBy {
  intervalMs: number;
  heldMs: number[];
}

/** What is slower than this share of what was asked for is no longer what was asked for. */
const LEAST_SHARE = 0.5;
const DIGITS = [0, 1, 2, 3, 4];
/** So many intervals may all of them together be shorter or longer than they were meant. */
const MOST_OFF = 1 / 8;

/**
 * The speed next to the one that is asked for, and never above it, at which each alert waits for as
 * many evaluations as in production. Prometheus has whole ms only: at speed 30 an interval of 10 s
 * is 333 ms and a `for` of 5 minutes 10,000, which is no longer thirty of them, and the alert would
 * rightly fire at the thirty-first.
 * @param groups of all rules, real ms
 * @returns what was asked for where it will do, and where no speed near it would
 */
export function wholeSpeed(groups: CountedBy[], asked: number): number {
  if (keepsCount(groups, asked)) return asked;
  const commonMs = groups.map(({ intervalMs }) => intervalMs).reduce(greatestCommonDivisor, 0);
  const exact = commonMs / Math.ceil(commonMs / asked);
  // As few digits as will do, for people.
  const whole = [...DIGITS.map((digits) => Number(exact.toFixed(digits))), exact].find(
    (speed) => speed <= asked && keepsCount(groups, speed),
  );
  return whole !== undefined && whole >= LEAST_SHARE * asked ? whole : asked;
}

function keepsCount(groups: CountedBy[], speed: number): boolean {
  return groups.every(({ intervalMs, heldMs }) => {
    const everyMs = Math.max(1, Math.round(intervalMs / speed));
    return heldMs.every((ms) => {
      const evaluations = Math.ceil(ms / intervalMs);
      const offMs = evaluations * Math.abs(everyMs - intervalMs / speed);
      return (
        Math.ceil(Math.round(ms / speed) / everyMs) === evaluations && offMs <= MOST_OFF * everyMs
      );
    });
  });
}
