import { isMap } from 'yaml';
import type { YAMLMap } from 'yaml';
import { parseDurationMs } from '../lib/duration.ts';
import { addDefault, divideKeys, mapAt, mapsAt } from './edit.ts';
import type { Sped } from './edit.ts';

const SCRAPE_KEYS = ['scrape_interval', 'scrape_timeout'];
/** Prometheus's defaults (config/config.go, `DefaultGlobalConfig`). */
const DEFAULTS_MS = { scrape_interval: 60_000, evaluation_interval: 60_000 };
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * prometheus.yml: the global intervals and timeouts, and each job's. Rounding keeps order, so a
 * timeout stays within its interval.
 */
export function speedUpPrometheus(sped: Sped): void {
  const root = sped.document.contents as YAMLMap;
  if (!mapAt(root, 'global')) root.set('global', sped.document.createNode({}));
  const global = mapAt(root, 'global');
  if (!isMap(global)) return;
  const before = sped.document.toJS() as { global?: { scrape_interval?: unknown } };
  divideKeys(sped, global, [...SCRAPE_KEYS, 'evaluation_interval', 'rule_query_offset']);
  for (const [key, ms] of Object.entries(DEFAULTS_MS)) addDefault(sped, global, key, ms);
  // Without one it is 10 s, or the interval when that is shorter: left out, it would become the
  // divided interval.
  const intervalMs =
    parseDurationMs(String(before.global?.scrape_interval)) || DEFAULTS_MS.scrape_interval;
  addDefault(sped, global, 'scrape_timeout', Math.min(DEFAULT_TIMEOUT_MS, intervalMs));
  for (const job of mapsAt(root, 'scrape_configs')) divideKeys(sped, job, SCRAPE_KEYS);
}
