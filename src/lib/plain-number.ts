/** The most digits behind the point that a number of a stack is written with. */
const MOST_DIGITS = 12;

/**
 * A number without an exponent and without the noise of binary fractions: `0.000001`, `1500000`,
 * `0.3`.
 */
export function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(MOST_DIGITS));
  if (Number.isInteger(rounded)) return BigInt(rounded).toString();
  const digits = Math.min(
    100,
    MOST_DIGITS + Math.max(0, -Math.floor(Math.log10(Math.abs(rounded)))),
  );
  return rounded.toFixed(digits).replace(/\.?0+$/, '');
}
