const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};
const SHAPE = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
/**
 * The notation as a pattern for others (JSON Schema): {@link SHAPE} without the empty text, and
 * `0`.
 */
export const DURATION_PATTERN = new RegExp(`^0$|${SHAPE.source.replace('^', '^(?=.)')}`);
const ORDER = ['y', 'w', 'd', 'h', 'm', 's', 'ms'];

/**
 * Milliseconds of a Prometheus duration (`5m`, `1h30m`, `250ms`, `0`), or undefined when it isn't
 * one. The grammar is that of `model.ParseDuration` in prometheus/common: units once each, largest
 * first.
 */
export function parseDurationMs(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = SHAPE.exec(text);
  if (!parts || text === '') return undefined;
  return ORDER.reduce((sum, unit, i) => sum + Number(parts[i + 1] ?? 0) * (UNIT_MS[unit] ?? 0), 0);
}

/** A duration in Prometheus's own notation, as short as it can be written; whole milliseconds. */
export function formatDuration(ms: number): string {
  const whole = Math.round(ms);
  if (whole === 0) return '0s';
  let rest = whole;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = UNIT_MS[unit] ?? 1;
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
