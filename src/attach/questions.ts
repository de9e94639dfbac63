import type { Question } from '../model/attach.ts';

/** Grafana's own most for one answer (HTTP API, "Folder/Dashboard Search"). */
export const MOST_DASHBOARDS = 5000;

const ask = (
  of: Question['of'],
  path: string,
  parameters: Record<string, string> = {},
): Question => ({ of, path, parameters });

/** What tells how a system is made: asked first, whatever is judged of it. */
export const OVERVIEW = {
  build: ask('prometheus', '/api/v1/status/buildinfo'),
  config: ask('prometheus', '/api/v1/status/config'),
  targets: ask('prometheus', '/api/v1/targets', { state: 'active' }),
  rules: ask('prometheus', '/api/v1/rules'),
  alertmanagers: ask('prometheus', '/api/v1/alertmanagers'),
  names: ask('prometheus', '/api/v1/label/__name__/values'),
  alertmanager: ask('alertmanager', '/api/v2/status'),
  grafana: ask('grafana', '/api/health'),
  dashboards: ask('grafana', '/api/search', { type: 'dash-db', limit: String(MOST_DASHBOARDS) }),
} as const;

export type OverviewName = keyof typeof OVERVIEW;

/** One dashboard, as Grafana has it. */
export function dashboardOf(uid: string): Question {
  return ask('grafana', `/api/dashboards/uid/${encodeURIComponent(uid)}`);
}

/** An expression now. `timeout` is Prometheus's own limit for it. */
export function instant(query: string, timeoutMs: number): Question {
  return ask('prometheus', '/api/v1/query', { query, timeout: `${timeoutMs}ms` });
}

/** An expression at each step of a stretch of time, epoch ms. */
export function range(
  query: string,
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
  timeoutMs: number,
): Question {
  return ask('prometheus', '/api/v1/query_range', {
    query,
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
    step: String(stepMs / 1000),
    timeout: `${timeoutMs}ms`,
  });
}

/** A question in one line, for a dry run. */
export function questionText({ of, path, parameters }: Question): string {
  const { query, ...others } = parameters;
  const rest = Object.entries(others).map(([key, value]) => `${key}=${value}`);
  return [`${of} ${path}`, ...(query === undefined ? [] : [query]), ...rest].join('  ');
}
