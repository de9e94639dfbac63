import type { GoValue } from './values.ts';

/** What stands for a text that isn't known. */
export const UNKNOWN = '…';
/**
 * From this exponent on a number with all its digits is written with one (strconv/ftoa.go,
 * `formatDigits`).
 */
const EXPONENT_OF_V = 6;
/** As many as JavaScript gives; more than any number in a text has. */
const MOST_DIGITS = 100;
/** From here on `toFixed` writes an exponent. */
const LARGEST_FIXED = 1e21;

/** A value as `{{ . }}` prints it. */
export function print(value: GoValue): string {
  switch (value.kind) {
    case 'float':
      return general(value.number);
    case 'int':
      return String(value.number);
    case 'string':
      return value.text ?? UNKNOWN;
    case 'bool':
      return String(value.is);
    case 'nil':
      return '<no value>';
    case 'map':
      // Alertmanager's versions write labels differently.
      if (value.complete) return UNKNOWN;
      return `map[${[...value.entries].map(([key, one]) => `${key}:${print(one)}`).join(' ')}]`;
    case 'list':
      return `[${value.items.map(print).join(' ')}]`;
    case 'struct':
    case 'time':
    case 'any':
      return UNKNOWN;
  }
}

/** Go's `%g` with a precision, or with as many digits as tell the number from its neighbours. */
export function general(number: number, precision?: number): string {
  if (!Number.isFinite(number)) return special(number);
  if (number === 0) return Object.is(number, -0) ? '-0' : '0';
  const digits = precision === undefined ? undefined : Math.max(1, precision);
  const written = digits === undefined ? number.toExponential() : scientific(number, digits - 1);
  const exponent = Number(written.slice(written.indexOf('e') + 1));
  if (exponent < -4 || exponent >= (digits ?? EXPONENT_OF_V))
    return withExponent(shortened(written));
  return shortened(digits === undefined ? plainOf(number) : fixed(number, digits - 1 - exponent));
}

/** Go's `%e`. */
export function exponential(number: number, digits: number): string {
  return Number.isFinite(number) ? withExponent(scientific(number, digits)) : special(number);
}

/** Go's `%f`. */
export function fixed(number: number, digits: number): string {
  if (!Number.isFinite(number)) return special(number);
  if (Math.abs(number) >= LARGEST_FIXED)
    return `${BigInt(number)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const places = Math.min(Math.max(digits, 0), MOST_DIGITS);
  const exact = number.toFixed(MOST_DIGITS);
  return toEven(number.toFixed(places), exact, exact.indexOf('.') + 1 + places);
}

function special(number: number): string {
  return Number.isNaN(number) ? 'NaN' : number > 0 ? '+Inf' : '-Inf';
}

function scientific(number: number, digits: number): string {
  const places = Math.min(digits, MOST_DIGITS);
  const exact = number.toExponential(MOST_DIGITS);
  return toEven(number.toExponential(places), exact, exact.indexOf('.') + 1 + places);
}

/**
 * What lies in the middle between two is rounded up by JavaScript, and by Go to the one with an
 * even last digit.
 */
function toEven(rounded: string, exact: string, end: number): string {
  if (!/^50*(e|$)/.test(exact.slice(end))) return rounded;
  const down = exact.slice(0, end).replace(/\.$/, '');
  return /[02468]$/.test(down) ? `${down}${/e.*$/.exec(exact)?.[0] ?? ''}` : rounded;
}

/** Digits without needless zeros behind the point. */
function shortened(written: string): string {
  return written.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
}

/** An exponent has a sign and at least two digits. */
function withExponent(written: string): string {
  return written.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** JavaScript writes small numbers with an exponent where Go writes them out. */
function plainOf(number: number): string {
  const written = String(number);
  return written.includes('e') ? number.toFixed(20) : written;
}
