import { parseDurationMs } from '../../../lib/duration.ts';
import type { Rule } from '../../rule.ts';

export const timeoutOverInterval: Rule = {
  id: 'config/timeout-over-interval',
  level: 'error',
  title: 'A scrape timeout that is longer than the interval',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Make `scrape_timeout` at most as long as `scrape_interval`.',
  check: ({ prometheus }, say) => {
    const limits = prometheus.flatMap((one) => [
      { value: one.root.get('global'), intervalMs: one.scrapeIntervalMs },
      ...one.jobs,
    ]);
    for (const { value, intervalMs } of limits) {
      const timeout = value.get('scrape_timeout');
      const ms = parseDurationMs(timeout.text() ?? '');
      if (ms !== undefined && ms > intervalMs)
        say(timeout.place, `${timeout.text() ?? ''} is longer than the interval`);
    }
  },
};
