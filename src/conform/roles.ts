import type { ServiceMetric } from '../model/conform.ts';

const METHOD = /^(http_)?(request_)?method$/;
const ROUTE = /^(http_)?(endpoint|route|path|handler|uri|path_template|view)$/;
const STATUS = /^(http_)?(response_)?(status|code|status_code)$/;
const OPEN = /(connection|in_?flight|in_?progress|active_requests)/;

/** The metrics of HTTP among those that a service promises, and what their labels are called. */
export interface HttpRoles {
  requests: CountedRequests | undefined;
  durations: { metric: ServiceMetric; route: string } | undefined;
  open: ServiceMetric | undefined;
}

/** What counts answers, by itself or as the count of a histogram. */
export interface CountedRequests {
  metric: ServiceMetric;
  /** Name of the series that count. */
  series: string;
  method: string;
  route: string;
  status: string;
}

/** Types whose series count answers; a counter before the count of a histogram. */
const COUNTING = [
  { type: 'counter', suffix: '' },
  { type: 'histogram', suffix: '_count' },
  { type: 'summary', suffix: '_count' },
];

/** Told by their types and labels, whatever they are named. */
export function httpRoles(metrics: ServiceMetric[]): HttpRoles {
  const label = (metric: ServiceMetric, pattern: RegExp): string | undefined =>
    metric.labels.find((name) => pattern.test(name));
  const requests = COUNTING.flatMap(({ type, suffix }) =>
    metrics
      .filter((metric) => metric.type === type)
      .flatMap((metric) => {
        const [method, route, status] = [METHOD, ROUTE, STATUS].map((p) => label(metric, p));
        const series = metric.name + suffix;
        return method && route && status ? [{ metric, series, method, route, status }] : [];
      }),
  )[0];
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
