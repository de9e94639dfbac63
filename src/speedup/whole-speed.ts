/** What is slower than this share of what was asked for is no longer what was asked for. */
const LEAST_SHARE = 0.5;
const DIGITS = [0, 1, 2, 3, 4];

/**
 * The speed next to the one that is asked for, and never above it, at which all durations that
 * alerts count evaluations by stay whole ms. Prometheus has no others: at speed 30 an interval of
 * 10 s is 333 ms and a `for` of 5 minutes 10,000, which is no longer thirty of them, and the alert
 * would rightly fire at the thirty-first.
 * @param durationsMs evaluation intervals, `for` and `keep_firing_for` of all rules, real ms
 * @returns what was asked for where no speed near it would do
 */
export function wholeSpeed(durationsMs: number[], asked: number): number {
  const durations = durationsMs.filter((ms) => ms > 0);
  const commonMs = durations.reduce(greatestCommonDivisor, 0);
  const runMs = Math.ceil(commonMs / asked);
  const exact = commonMs / runMs;
  const isWhole = (speed: number): boolean =>
    durations.every((ms) => Math.round(ms / speed) === (ms / commonMs) * runMs);
  // As few digits as will do, for people.
  const whole = DIGITS.map((digits) => Number(exact.toFixed(digits))).find(isWhole) ?? exact;
  return whole >= LEAST_SHARE * asked ? Math.min(whole, asked) : asked;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
