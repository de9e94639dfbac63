import { formatDuration } from '../lib/duration.ts';
import type { Stack } from '../stack/index.ts';
import type { Prometheus, ScrapeJob } from '../stack/prometheus.ts';
import { known } from './derived.ts';
import type { Entry } from './derived.ts';

/** `host:port`, as a contract names a target. */
const TARGET = /^[\w.-]+:\d{1,5}$/;

/** How the stack's first Prometheus scrapes; undefined where there is none. */
export function generalScraping({ prometheus: [first] }: Stack): Entry | undefined {
  if (!first || first.jobs.length === 0) return undefined;
  return known({
    scrape_interval: mostOften(first.jobs.map(({ intervalMs }) => formatDuration(intervalMs))),
    scrape_timeout: mostOften(first.jobs.map(({ timeoutMs }) => formatDuration(timeoutMs))),
    external_labels: externalLabels(first),
  });
}

/** Its jobs, each with what is its own. */
export function derivedJobs(
  { prometheus: [first] }: Stack,
  general: Entry | undefined,
): Record<string, Entry> {
  return Object.fromEntries((first?.jobs ?? []).map((job) => [job.name, jobEntry(job, general)]));
}

function jobEntry(job: ScrapeJob, general: Entry | undefined): Entry {
  const targets = job.statics.flatMap((one) => one.targets.map(({ text }) => text));
  const [target] = targets;
  const all: Entry = {
    scrape_interval: formatDuration(job.intervalMs),
    scrape_timeout: formatDuration(job.timeoutMs),
    metrics_path: job.metricsPath === '/metrics' ? undefined : job.metricsPath,
    scheme: job.value.get('scheme').text() || undefined,
  };
  const own = Object.entries(all).filter(
    ([key, value]) => value !== undefined && value !== general?.[key],
  );
  return known({
    target: targets.length === 1 && target && TARGET.test(target) ? target : undefined,
    scraping: own.length > 0 ? Object.fromEntries(own) : undefined,
  });
}

/** Undefined where one of them is known to the program alone. */
function externalLabels({ externalLabels: labels }: Prometheus): Entry | undefined {
  const texts = [...labels].map(([key, { text }]) => [key, text] as const);
  if (texts.length === 0 || texts.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(texts);
}

function mostOften(texts: string[]): string | undefined {
  const count = (text: string): number => texts.filter((one) => one === text).length;
  return texts.toSorted((a, b) => count(b) - count(a))[0];
}
