import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import type { Rule } from '../../rule.ts';

/**
 * What Grafana takes for the scrape interval when the data source doesn't say (grafana-prometheus).
 */
const ASSUMED_MS = 15_000;

export const unknownScrapeInterval: Rule = {
  id: 'grafana/unknown-scrape-interval',
  level: 'warning',
  title: 'A data source that does not know the scrape interval',
  why:
    '`$__rate_interval` is four times the interval that the data source names, 15s where it ' +
    'names none: over a short time it holds one sample of slower scrapes, and every rate ' +
    'shows "No data".',
  mend: 'Set `jsonData.timeInterval` to the scrape interval.',
  check: ({ grafana, prometheus, dashboards }, say) => {
    const slowest = Math.max(0, ...prometheus.map((one) => one.scrapeIntervalMs));
    const asks = dashboards.some((one) =>
      one.expressions.some(({ text }) => text.includes('__rate_interval')),
    );
    if (!asks || prometheus.length === 0) return;
    for (const { type, value, name } of grafana.dataSources) {
      if (type !== 'prometheus') continue;
      const interval = value.at('jsonData', 'timeInterval');
      const text = interval.text();
      if (text?.includes('$')) continue;
      const knownMs = parseDurationMs(text ?? '') ?? ASSUMED_MS;
      // Four intervals of what is known must hold two scrapes.
      if (4 * knownMs < 2 * slowest)
        say(
          interval.exists ? interval.place : value.get('name').place,
          `\`${name}\` ` +
            `${text === undefined ? 'has no `timeInterval`' : `has the \`timeInterval\` ${text}`}, ` +
            `and scrapes come every ${formatDuration(slowest)}`,
        );
    }
  },
};
