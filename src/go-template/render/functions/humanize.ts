import { general } from '../print.ts';

const LARGE = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const BINARY = ['ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];
const SMALL = ['m', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const DIGITS = 4;

/** 1234567 → `1.235M` (util/humanize of Prometheus). */
export function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return general(value, DIGITS);
  return Math.abs(value) >= 1 ? scaled(value, LARGE, 1000) : small(value);
}

/** 2048 → `2ki`. */
export function humanize1024(value: number): string {
  return Math.abs(value) <= 1 || !Number.isFinite(value)
    ? general(value, DIGITS)
    : scaled(value, BINARY, 1024);
}

/** 0.5 → `50%`. */
export function humanizePercentage(share: number): string {
  return `${general(share * 100, DIGITS)}%`;
}

/** Seconds: 3661 → `1h 1m 1s`. */
export function humanizeDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return general(seconds, DIGITS);
  if (Math.abs(seconds) < 1) return seconds === 0 ? '0s' : `${small(seconds)}s`;
  const sign = seconds < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(seconds));
  const [s, m, h, d] = [
    whole % 60,
    Math.trunc(whole / 60) % 60,
    Math.trunc(whole / 3600) % 24,
    Math.trunc(whole / 86_400),
  ];
  if (d > 0) return `${sign}${d}d ${h}h ${m}m ${s}s`;
  if (h > 0) return `${sign}${h}h ${m}m ${s}s`;
  if (m > 0) return `${sign}${m}m ${s}s`;
  return `${sign}${general(Math.abs(seconds), DIGITS)}s`;
}

function scaled(value: number, units: string[], base: number): string {
  let [rest, unit] = [value, ''];
  for (const next of units) {
    if (Math.abs(rest) < base) break;
    [rest, unit] = [rest / base, next];
  }
  return `${general(rest, DIGITS)}${unit}`;
}

function small(value: number): string {
  let [rest, unit] = [value, ''];
  for (const next of SMALL) {
    if (Math.abs(rest) >= 1) break;
    [rest, unit] = [rest * 1000, next];
  }
  return `${general(rest, DIGITS)}${unit}`;
}
