import { seriesText } from '../../../lib/series-text.ts';
import type { PrometheusApi } from '../../../lib/prometheus-api.ts';
import type { LiveCurves } from '../../../model/live.ts';

const STEPS = 240;
/** More curves than one can tell apart. */
const MOST_CURVES = 24;
/** How far back can be looked, run seconds. */
const LONGEST_SECONDS = 3_600;

/**
 * What a query was at each of 240 steps up to now.
 * @param query with the run's durations
 * @param seconds how far back; brought between 10 and 3,600
 * @throws Error with Prometheus's own words when it refuses the query
 */
export async function liveCurves(
  prometheus: PrometheusApi,
  query: string,
  seconds: number,
): Promise<LiveCurves> {
  const lengthMs = Math.min(LONGEST_SECONDS, Math.max(10, seconds || 0)) * 1000;
  const stepMs = lengthMs / STEPS;
  const fromMs = Math.round(Date.now() - lengthMs);
  const series = await prometheus.range(query, fromMs, fromMs + lengthMs, stepMs);
  const steps = Array.from({ length: STEPS + 1 }, (_, i) => i);
  return {
    query,
    times: steps.map((step) => (step * stepMs - lengthMs) / 1000),
    curves: series.slice(0, MOST_CURVES).map(({ labels, samples }) => {
      const at = new Map(samples.map(([t, v]) => [Math.round((t - fromMs) / stepMs), v]));
      return { name: seriesName(labels), values: steps.map((step) => finite(at.get(step))) };
    }),
    leftOut: Math.max(0, series.length - MOST_CURVES),
  };
}

/** As PromQL writes a series. */
function seriesName({ __name__: name = '', ...labels }: Record<string, string>): string {
  return seriesText(name, labels, ', ');
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
