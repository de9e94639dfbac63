import type { YAMLMap } from 'yaml';
import { formatDuration, parseDurationMs } from '../lib/duration.ts';
import { divideKeys, mapAt, mapsAt, scalarAt } from './edit.ts';
import type { Sped } from './edit.ts';
import { rewriteExpr } from './rules.ts';

/**
 * Grafana looks at its rules every 10 s and no oftener; intervals are whole multiples of it (its
 * docs, "Configure Grafana", `unified_alerting.min_interval`).
 */
const TICK_MS = 10_000;

/**
 * Grafana's own alert rules, in a provisioning file: how long they are pending, what they ask, and
 * how often. No oftener than Grafana can: what is breached for good fires with its second
 * evaluation.
 */
export function speedUpGrafanaAlerting(sped: Sped): void {
  for (const group of mapsAt(sped.document.contents as YAMLMap, 'groups')) {
    const interval = scalarAt(group, 'interval');
    const ms = interval && parseDurationMs(String(interval.value));
    if (interval && ms !== undefined && ms > TICK_MS)
      interval.value = formatDuration(Math.max(1, Math.ceil(ms / sped.speed / TICK_MS)) * TICK_MS);
    for (const rule of mapsAt(group, 'rules')) {
      divideKeys(sped, rule, ['for', 'keep_firing_for']);
      for (const query of mapsAt(rule, 'data')) {
        const model = mapAt(query, 'model');
        // What reads the clock stays as it is: nothing else of the run depends on it.
        if (model) rewriteExpr({ ...sped, refuse: () => undefined }, model);
      }
    }
  }
}
