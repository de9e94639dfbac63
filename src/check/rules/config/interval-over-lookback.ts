import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import { LOOKBACK_MS } from '../../../promql/lookback.ts';
import type { Stack } from '../../../stack/index.ts';
import { prometheusFlags } from '../../../stack/prometheus-flags.ts';
import type { Rule } from '../../rule.ts';

export const intervalOverLookback: Rule = {
  id: 'config/interval-over-lookback',
  level: 'warning',
  title: 'A scrape interval as long as Prometheus looks back',
  why: 'Between two scrapes the series is gone: alerts on it resolve and begin their `for` anew, panels have gaps.',
  mend: 'Scrape at least every two minutes; an exporter that is slow to answer may cache.',
  check: (stack, say) => {
    const lookbackMs = lookback(stack);
    for (const { root, scrapeIntervalMs, jobs } of stack.prometheus) {
      const global = root.at('global', 'scrape_interval');
      if (scrapeIntervalMs >= lookbackMs) say(global.place, shown(scrapeIntervalMs, lookbackMs));
      for (const { value, intervalMs } of jobs)
        if (value.get('scrape_interval').exists && intervalMs >= lookbackMs)
          say(value.get('scrape_interval').place, shown(intervalMs, lookbackMs));
    }
  },
};

function shown(intervalMs: number, lookbackMs: number): string {
  return `a scrape every ${formatDuration(intervalMs)}, and queries look back ${formatDuration(lookbackMs)}`;
}

function lookback(stack: Stack): number {
  const written = /--query\.lookback-delta[= ](\S+)/.exec(prometheusFlags(stack))?.[1];
  return parseDurationMs(written ?? '') ?? LOOKBACK_MS;
}
