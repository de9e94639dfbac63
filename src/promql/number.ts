import { parseDurationMs } from '../lib/duration.ts';

/**
 * The value of a number literal, or of a duration in seconds (promql/parser, `newNumberLiteral`).
 */
export function parsePromqlNumber(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const bare = text
    .replace(/^[-+]\s*/, '')
    .replaceAll('_', '')
    .toLowerCase();
  if (bare === 'inf') return sign * Infinity;
  const ms = parseDurationMs(bare);
  return sign * (ms === undefined || /^\d+$/.test(bare) ? Number(bare) : ms / 1000);
}
