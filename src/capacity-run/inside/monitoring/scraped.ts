import type { Figures } from '../../../model/figures.ts';
import type { PrometheusApi } from '../../../lib/prometheus-api.ts';
import type { Exporters } from './exporters-client.ts';
import type { Exporter } from './exporters-protocol.ts';

/** What came of the scrapes in a window of whole intervals. */
export interface ScrapeWindow {
  fromMs: number;
  lengthMs: number;
  intervalMs: number;
}

/**
 * What should have come, by who made it (series × targets ÷ interval), and what came: the lesser of
 * what the exporters gave away and what Prometheus stored. Prometheus puts a scrape's samples on a
 * grid, so a window of whole intervals holds exactly as many of each target as it has intervals.
 */
export async function scrapeFigures(
  made: Exporter[],
  window: ScrapeWindow,
  exporters: Exporters,
  api: PrometheusApi,
): Promise<Figures> {
  const { fromMs, lengthMs, intervalMs } = window;
  const toMs = fromMs + lengthMs;
  const rounds = lengthMs / intervalMs;
  const expected = made.reduce((sum, { series }) => sum + series, 0) * rounds;
  const [given, stored, up, durations] = await Promise.all([
    exporters.account(fromMs, toMs),
    api.instant(`sum(sum_over_time(scrape_samples_post_metric_relabeling[${lengthMs}ms]))`, toMs),
    api.instant(`sum(sum_over_time(up[${lengthMs}ms]))`, toMs),
    api.window('scrape_duration_seconds', lengthMs, toMs),
  ]);
  const seconds = durations
    .flatMap(({ samples }) => samples.map(([, value]) => value))
    .sort((a, b) => a - b);
  const p99 = seconds[Math.ceil(0.99 * seconds.length) - 1];
  return {
    samplesExpectedPerSecond: (1000 * expected) / lengthMs,
    samplesShare: Math.min(given.samples, stored[0]?.value ?? 0) / expected,
    targetsUpShare: (up[0]?.value ?? 0) / (made.length * rounds),
    ...(p99 === undefined
      ? {}
      : { scrapeP99Seconds: p99, scrapeShareOfInterval: (1000 * p99) / intervalMs }),
  };
}
