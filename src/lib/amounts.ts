import type { FigureUnit } from '../model/figures.ts';

/** A load as people write it: `3,400`. */
export function loadText(load: number): string {
  return load.toLocaleString('en', { maximumFractionDigits: load < 10 ? 1 : 0 });
}

/** A figure with its unit, in three digits or so. */
export function withUnit(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'share':
      return `${digits(value * 100)}%`;
    case 'seconds':
      return value < 1 ? `${digits(value * 1000)} ms` : `${digits(value)} s`;
    case 'bytes':
      return bytes(value);
    case 'per second':
      return `${digits(value)}/s`;
    case 'cores':
      return `${value.toFixed(2)} cores`;
    case 'count':
      return digits(value);
  }
}

function digits(value: number): string {
  return value >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)),
  );
  return `${digits(value / 1024 ** step)} ${units[step] ?? 'B'}`;
}
