/** The most digits behind the point that a number of a stack is written with. */
const MOST_DIGITS = 12;

/** So many tell every number from all others. */
const ALL_DIGITS = 17;

/**
 * A number without an exponent and without the noise of binary fractions: `0.000001`, `1500000`,
 * `0.3`.
 */
export function plainNumber(value: number): string {
  return withDigits(value, MOST_DIGITS);
}

/** A number without an exponent, exactly: read again, it is the same. */
export function exactNumber(value: number): string {
  return withDigits(value, ALL_DIGITS);
}

function withDigits(value: number, most: number): string {
  const rounded = Number(value.toPrecision(most));
  if (Number.isInteger(rounded)) return BigInt(rounded).toString();
  const digits = Math.min(100, most + Math.max(0, -Math.floor(Math.log10(Math.abs(rounded)))));
  return rounded.toFixed(digits).replace(/\.?0+$/, '');
}
