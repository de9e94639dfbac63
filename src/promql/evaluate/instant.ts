import { withoutName } from './label-tools.ts';
import type { Element } from './types.ts';

type OfNumber = (value: number, params: readonly number[]) => number;

const degrees = Math.PI / 180;
/** Fractions of a second are cut off, before 1970 too (functions.go, `dateWrapper`). */
const utc = (seconds: number): Date => new Date(Math.trunc(seconds) * 1000);

/** Functions of one value. Parameters are the scalars behind it, in order (promql/functions.go). */
const OF_VALUE: Readonly<Record<string, OfNumber>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  exp: Math.exp,
  ln: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  sgn: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  deg: (v) => v / degrees,
  rad: (v) => v * degrees,
  round: (v, [to = 1]) => Math.floor(v / to + 0.5) * to,
  clamp: (v, [min = NaN, max = NaN]) => Math.max(min, Math.min(max, v)),
  clamp_min: (v, [min = NaN]) => Math.max(min, v),
  clamp_max: (v, [max = NaN]) => Math.min(max, v),
};

/** Parts of a moment in UTC, given in seconds; without an argument, of the evaluation's own. */
const OF_MOMENT: Readonly<Record<string, (seconds: number) => number>> = {
  minute: (s) => utc(s).getUTCMinutes(),
  hour: (s) => utc(s).getUTCHours(),
  day_of_week: (s) => utc(s).getUTCDay(),
  day_of_month: (s) => utc(s).getUTCDate(),
  day_of_year: (s) =>
    Math.floor((utc(s).getTime() - Date.UTC(utc(s).getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  days_in_month: (s) =>
    new Date(Date.UTC(utc(s).getUTCFullYear(), utc(s).getUTCMonth() + 1, 0)).getUTCDate(),
  month: (s) => utc(s).getUTCMonth() + 1,
  year: (s) => utc(s).getUTCFullYear(),
};

export const CALENDAR: ReadonlySet<string> = new Set(Object.keys(OF_MOMENT));

/** Whether a clamp leaves no value at all (promql/functions.go, `funcClamp`). */
export function isEmptyRange([min = NaN, max = NaN]: readonly number[]): boolean {
  return max < min;
}

/** A function that takes each value by itself; undefined when it isn't one. */
export function ofEach(
  name: string,
): ((elements: readonly Element[], params: readonly number[]) => Element[]) | undefined {
  const f = OF_VALUE[name] ?? OF_MOMENT[name];
  return (
    f &&
    ((elements, params) =>
      (name === 'clamp' && isEmptyRange(params) ? [] : elements)
        .filter((e) => !e.histogram)
        .map((e) => ({ labels: withoutName(e.labels), value: f(e.value, params) })))
  );
}
