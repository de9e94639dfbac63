/** Sizes of the steps of a unit's prefixes, with the words for them. */
interface Scale {
  base: number;
  prefixes: string[];
}

const DECIMAL: Scale = { base: 1_000, prefixes: ['', 'k', 'M', 'G', 'T', 'P'] };
const BINARY: Scale = { base: 1_024, prefixes: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] };

/**
 * Grafana's names of units (packages/grafana-data, value formats): what stands behind the figure,
 * and how it is shortened.
 */
const UNITS: Record<string, { suffix: string; scale: Scale | null; factor?: number }> = {
  percent: { suffix: '%', scale: null },
  percentunit: { suffix: '%', scale: null, factor: 100 },
  bytes: { suffix: ' B', scale: BINARY },
  decbytes: { suffix: ' B', scale: DECIMAL },
  Bps: { suffix: ' B/s', scale: DECIMAL },
  binBps: { suffix: ' B/s', scale: BINARY },
  reqps: { suffix: ' req/s', scale: DECIMAL },
  ops: { suffix: ' ops/s', scale: DECIMAL },
  short: { suffix: '', scale: DECIMAL },
  none: { suffix: '', scale: null },
};

/**
 * A panel's value as people read it: `4.50%`, `12.3 MiB`, `170 ms`.
 * @param unit Grafana's name of the unit; an unknown one is written behind the figure
 * @param decimals places after the point; null: as many as the value needs
 */
export function formatValue(
  value: number | null,
  unit: string,
  decimals: number | null = null,
): string {
  if (value === null || Number.isNaN(value)) return 'no value';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (unit === 's') return duration(value, decimals);
  if (unit === 'ms') return duration(value / 1000, decimals);
  const { suffix, scale, factor = 1 } = UNITS[unit] ?? { suffix: ` ${unit}`, scale: null };
  const scaled = value * factor;
  const step = scale
    ? Math.max(
        0,
        Math.min(
          scale.prefixes.length - 1,
          Math.floor(Math.log(Math.abs(scaled) || 1) / Math.log(scale.base)),
        ),
      )
    : 0;
  const prefix = scale?.prefixes[step] ?? '';
  const text = places(scale ? scaled / scale.base ** step : scaled, step > 0 ? null : decimals);
  return suffix === ''
    ? `${text}${prefix === '' ? '' : ` ${prefix}`}`
    : suffix.startsWith(' ')
      ? `${text} ${prefix}${suffix.slice(1)}`
      : text + prefix + suffix;
}

function duration(seconds: number, decimals: number | null): string {
  const size = Math.abs(seconds);
  if (size >= 60) return `${places(seconds / 60, null)} min`;
  if (size === 0) return '0 s';
  if (size >= 1) return `${places(seconds, decimals)} s`;
  return size >= 0.001
    ? `${places(seconds * 1_000, null)} ms`
    : `${places(seconds * 1_000_000, null)} µs`;
}

function places(value: number, decimals: number | null): string {
  return decimals === null ? String(Number(value.toPrecision(3))) : value.toFixed(decimals);
}
