import { parseDurationMs } from '../../../lib/duration.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';

export const timeoutOverInterval: Rule = {
  id: 'config/timeout-over-interval',
  level: 'error',
  title: 'A scrape timeout that is longer than the interval',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Make `scrape_timeout` at most as long as `scrape_interval`.',
  check: ({ prometheus }, say) => {
    const limits = prometheus.flatMap((one) => {
      const global = one.root.get('global');
      return [
        { value: global, intervalMs: one.scrapeIntervalMs, holders: [global] },
        ...one.jobs.map((job) => ({ ...job, holders: [job.value, global] })),
      ];
    });
    for (const { value, intervalMs, holders } of limits) {
      if (isUnreadable(holders)) continue;
      const timeout = value.get('scrape_timeout');
      const ms = parseDurationMs(timeout.text() ?? '');
      if (ms !== undefined && ms > intervalMs)
        say(timeout.place, `${timeout.text() ?? ''} is longer than the interval`);
    }
  },
};

/** Whether an interval is written that nobody can read: it is filled in later, or is none. */
function isUnreadable(holders: Value[]): boolean {
  const written = holders.map((one) => one.get('scrape_interval').text()).find(Boolean);
  return written !== undefined && parseDurationMs(written) === undefined;
}
