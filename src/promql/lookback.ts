import { parseDurationMs } from '../lib/duration.ts';

/**
 * How far back an instant selector looks for a sample unless a flag says otherwise
 * (promql/engine.go, `defaultLookbackDelta`), ms.
 */
export const LOOKBACK_MS = 5 * 60_000;

const FLAG = '--query.lookback-delta=';

/** How far back a Prometheus with these flags looks, ms. */
export function lookbackOf(flags: readonly string[]): number {
  const flag = flags.find((one) => one.startsWith(FLAG));
  return parseDurationMs(flag?.slice(FLAG.length) ?? '') ?? LOOKBACK_MS;
}
