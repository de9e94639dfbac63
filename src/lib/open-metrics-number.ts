/** With so many digits before the point, and with more zeros behind it, Go writes an exponent. */
const FIRST_WITH_EXPONENT = 6;
const LAST_SMALL = -4;

/**
 * A number as Prometheus 3 stores it in `le` and `quantile`: `1` is `1.0`, `1048576` is
 * `1.048576e+06` (model/textparse: Go's `%g`, with a `.0` behind whole numbers).
 */
export function openMetricsNumber(number: number): string {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '+Inf' : '-Inf';
  const [digits = '', exponent = '0'] = number.toExponential().split('e');
  const power = Number(exponent);
  if (power < LAST_SMALL || power >= FIRST_WITH_EXPONENT)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

/** A bound as Prometheus 3 stores it; what is no number stays. */
export function storedBound(value: string): string {
  return value.trim() === '' || Number.isNaN(Number(value))
    ? value
    : openMetricsNumber(Number(value));
}
