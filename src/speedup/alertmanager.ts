import type { YAMLMap } from 'yaml';
import { addDefault, divideKeys, mapAt, mapsAt } from './edit.ts';
import type { Sped } from './edit.ts';

/**
 * Alertmanager's defaults (dispatch/route.go, `DefaultRouteOpts`), which every route inherits from
 * the root.
 */
const DEFAULTS_MS = { group_wait: 30_000, group_interval: 300_000, repeat_interval: 14_400_000 };
const ROUTE_KEYS = Object.keys(DEFAULTS_MS);

/**
 * alertmanager.yml: the waits of every route and the time to resolve. Timeouts towards receivers
 * stay: nobody answers faster.
 */
export function speedUpAlertmanager(sped: Sped): void {
  const root = sped.document.contents as YAMLMap;
  const global = mapAt(root, 'global');
  // Its default needs no writing out: Prometheus always says itself when an alert ends.
  if (global) divideKeys(sped, global, ['resolve_timeout']);
  const route = mapAt(root, 'route');
  if (!route) return;
  const routes = [route];
  // Grows while it is walked: each route's children come behind it.
  for (const one of routes) {
    divideKeys(sped, one, ROUTE_KEYS);
    routes.push(...mapsAt(one, 'routes'));
  }
  for (const [key, ms] of Object.entries(DEFAULTS_MS)) addDefault(sped, route, key, ms);
}
