import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Scraped } from '../../mutate/judge/scraping.ts';

/** Labels that Prometheus puts to every target. */
const OF_TARGETS = ['job', 'instance'];

/** What a run scraped of each job, asked of a Prometheus over its blocks. */
export async function scrapedInRun(
  api: PrometheusApi,
  jobs: string[],
  { t0, startedAt, endedAt }: Evidence,
): Promise<Map<string, Scraped>> {
  const window = `[${Math.ceil((endedAt - (t0 ?? startedAt)) / 1000)}s]`;
  const highest = async (query: string): Promise<number> =>
    Math.max(0, ...(await api.instant(query, endedAt)).map(({ value }) => value));
  const scraped = new Map<string, Scraped>();
  for (const name of jobs) {
    const job = `job=${JSON.stringify(name)}`;
    const renamed: string[] = [];
    for (const label of OF_TARGETS)
      if ((await highest(`count(last_over_time({${job},exported_${label}!=""}${window}))`)) > 0)
        renamed.push(label);
    const samples = await highest(
      `max_over_time(scrape_samples_post_metric_relabeling{${job}}${window})`,
    );
    scraped.set(name, { samples, renamed });
  }
  return scraped;
}
