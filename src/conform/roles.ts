import type { ServiceMetric } from '../model/conform.ts';

const METHOD = /^(http_)?method$/;
const ROUTE = /^(endpoint|route|path|handler|uri|path_template)$/;
const STATUS = /^(http_)?(status|code|status_code|response_code)$/;
const OPEN = /(connection|in_?flight|in_?progress|active_requests)/;

/** The metrics of HTTP among those that a service promises, and what their labels are called. */
export interface HttpRoles {
  requests: { metric: ServiceMetric; method: string; route: string; status: string } | undefined;
  durations: { metric: ServiceMetric; route: string } | undefined;
  open: ServiceMetric | undefined;
}

/** Told by their types and labels, whatever they are named. */
export function httpRoles(metrics: ServiceMetric[]): HttpRoles {
  const label = (metric: ServiceMetric, pattern: RegExp): string | undefined =>
    metric.labels.find((name) => pattern.test(name));
  const requests = metrics
    .filter(({ type }) => type === 'counter')
    .flatMap((metric) => {
      const [method, route, status] = [METHOD, ROUTE, STATUS].map((p) => label(metric, p));
      return method && route && status ? [{ metric, method, route, status }] : [];
    })[0];
  const durations = metrics
    .filter(({ type }) => type === 'histogram')
    .flatMap((metric) => {
      const route = label(metric, ROUTE);
      return route ? [{ metric, route }] : [];
    })[0];
  return {
    requests,
    durations,
    open: metrics.find(({ name, type }) => type === 'gauge' && OPEN.test(name)),
  };
}
