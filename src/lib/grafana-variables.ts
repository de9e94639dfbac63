/** How Grafana replaces variables in a query, for the Prometheus data source. */

import { formatDuration } from './duration.ts';

/** One use of a variable in a text: `$x`, `${x}`, `${x:format}`, `[[x]]`, `[[x:format]]`. */
export interface VariableUse {
  from: number;
  to: number;
  name: string;
  format: string | undefined;
}

/**
 * The three spellings (packages/grafana-data, variable syntax: simple, brackets, braces with a
 * format).
 */
const USE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:}$]+)?(?::([^}$]+))?\}/g;

/** Every use of a variable, in order. */
export function variableUses(text: string): VariableUse[] {
  return [...text.matchAll(USE)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    name: match[1] ?? match[2] ?? match[4] ?? '',
    format: match[3] ?? match[5],
  }));
}

/** Replaces every use for which `value` gives a text; the others stay. */
export function replaceVariables(
  text: string,
  value: (use: VariableUse) => string | undefined,
): string {
  let out = '';
  let at = 0;
  for (const use of variableUses(text)) {
    const replaced = value(use);
    if (replaced === undefined) continue;
    out += text.slice(at, use.from) + replaced;
    at = use.to;
  }
  return out + text.slice(at);
}

/** A variable as far as its values' form depends on it. */
export interface VariableKind {
  multi: boolean;
  includeAll: boolean;
}

/**
 * The text that stands for a variable's chosen values. Without a format it is the data source's
 * own: escaped for a regular expression when several may be chosen, several as `(a|b)`; escaped for
 * a quoted string otherwise. Undefined for a format that isn't known.
 */
export function formatValues(
  values: string[],
  format: string | undefined,
  kind: VariableKind,
): string | undefined {
  const first = values[0] ?? '';
  switch (format) {
    case undefined: {
      if (!kind.multi && !kind.includeAll) return escapeQuoted(first);
      return values.length === 1 ? escapeRegex(first) : `(${values.map(escapeRegex).join('|')})`;
    }
    case 'regex':
      return values.length === 1 ? escapePlain(first) : `(${values.map(escapePlain).join('|')})`;
    case 'pipe':
      return values.join('|');
    case 'raw':
    case 'csv':
      return values.join(',');
    case 'text':
      return values.join(' + ');
    case 'glob':
      return values.length === 1 ? first : `{${values.join(',')}}`;
    case 'json':
      return JSON.stringify(values.length === 1 ? first : values);
    case 'doublequote':
      return values.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(',');
    case 'singlequote':
      return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(',');
    case 'percentencode':
      return encodeURIComponent(values.length === 1 ? first : `{${values.join(',')}}`);
    default:
      return undefined;
  }
}

/** For a quoted PromQL string. */
function escapeQuoted(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll("'", "\\\\'");
}

/** For a regular expression within a quoted PromQL string: each escape is escaped once more. */
function escapeRegex(value: string): string {
  return value
    .replaceAll('\\', '\\\\\\\\')
    .replace(/[$^*{}[\]+?.()|]/g, '\\\\$&')
    .replaceAll('"', '\\"');
}

function escapePlain(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * [below this many ms, the interval that is taken], as Grafana rounds (packages/grafana-data,
 * rangeutil).
 */
const ROUNDED: [number, number][] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, 1_000],
  [3_500, 2_000],
  [7_500, 5_000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
];
const WIDEST_MS = 43_200_000;

/**
 * `$__interval`: the range over the number of points, rounded, and never under the least interval;
 * ms.
 */
export function intervalMs(rangeMs: number, maxDataPoints: number, leastMs: number): number {
  const exact = rangeMs / Math.max(1, maxDataPoints);
  const rounded = ROUNDED.find(([below]) => exact < below)?.[1] ?? WIDEST_MS;
  return Math.max(rounded, leastMs);
}

/** `$__rate_interval`: at least four scrapes, so that a rate always finds two samples; ms. */
export function rateIntervalMs(interval: number, scrapeMs: number): number {
  return Math.max(interval + scrapeMs, 4 * scrapeMs);
}

/**
 * The values of Grafana's own variables (grafana.com/docs, "Global variables"), by their names.
 * @param interval `$__interval`, ms
 * @param rangeMs what the dashboard shows, ms
 */
export function globalValues(
  interval: number,
  scrapeMs: number,
  rangeMs: number,
): Record<string, string> {
  const rateInterval = rateIntervalMs(interval, scrapeMs);
  return {
    __interval: formatDuration(interval),
    __interval_ms: String(interval),
    __rate_interval: formatDuration(rateInterval),
    __rate_interval_ms: String(rateInterval),
    __range: formatDuration(rangeMs),
    __range_s: String(Math.round(rangeMs / 1000)),
    __range_ms: String(rangeMs),
  };
}
