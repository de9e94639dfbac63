import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import type { PromisedMetric } from '../../../stack/contract.ts';
import type { Prometheus, ScrapeJob } from '../../../stack/prometheus.ts';
import type { Place, Value } from '../../../stack/source/value.ts';
import { sampleFaults } from '../../promises/samples.ts';
import type { Rule, Say } from '../../rule.ts';

export const scrapedOtherwise: Rule = {
  id: 'promise/scraped-otherwise',
  level: 'error',
  title: 'A target that is scraped otherwise than the contract promises',
  why:
    'What isn’t scraped isn’t known; what is scraped more seldom is known later, and windows hold ' +
    'too few samples.',
  mend: 'Correct the scrape job, or `jobs` and `scraping` in the contract.',
  check: (stack, say) => {
    const [prometheus] = stack.prometheus;
    const scraping = stack.contract?.root.get('scraping');
    if (!prometheus || !stack.contract || !scraping?.exists) return;
    for (const { key: name, value } of stack.contract.root.get('jobs').entries()) {
      const job = prometheus.jobs.find((one) => one.name === name);
      const own = value.get('scraping');
      if (!job) say(prometheus.root.head, `no job scrapes ${name}`, { subject: `job ${name}` });
      else {
        judgeJob(job, (key) => promisedOf(own, scraping, key), value, say);
        judgeSamples(job, stack.contract.metrics, say);
      }
    }
    judgeExternalLabels(prometheus, scraping, say);
  },
};

/** A job's own word, or the one for all. */
function promisedOf(own: Value, general: Value, key: string): string | undefined {
  return own.get(key).text() ?? general.get(key).text();
}

function judgeJob(
  job: ScrapeJob,
  promised: (key: string) => string | undefined,
  contract: Value,
  say: Say,
): void {
  const told = (key: string, is: string, wanted: string | undefined): void => {
    if (wanted === undefined || is === wanted) return;
    const at: Place = job.value.get(key).exists ? job.value.get(key).place : job.value.head;
    say(at, `\`${key}\` of ${job.name} is ${is}, and ${wanted} is promised`, {
      subject: `job ${job.name}`,
    });
  };
  const duration = (key: string): string | undefined => {
    const ms = parseDurationMs(promised(key) ?? '');
    return ms === undefined ? undefined : formatDuration(ms);
  };
  told('scrape_interval', formatDuration(job.intervalMs), duration('scrape_interval'));
  told('scrape_timeout', formatDuration(job.timeoutMs), duration('scrape_timeout'));
  told('metrics_path', job.metricsPath, promised('metrics_path'));
  told('scheme', job.value.get('scheme').text() ?? 'http', promised('scheme'));
  const targets = job.statics.flatMap((one) => one.targets.map(({ text }) => text));
  told('static_configs', targets.join(', '), contract.get('target').text());
}

function judgeSamples(job: ScrapeJob, metrics: PromisedMetric[], say: Say): void {
  const promised = metrics.filter(({ jobs }) => jobs.includes(job.name));
  for (const { key, what } of sampleFaults(job, promised))
    say(job.value.get(key).place, `\`${key}\` of ${job.name} ${what}`, {
      subject: `job ${job.name}`,
    });
}

function judgeExternalLabels(
  { externalLabels, root }: Prometheus,
  scraping: Value,
  say: Say,
): void {
  const promised = scraping.get('external_labels');
  if (!promised.exists) return;
  const wanted = new Map(promised.entries().map(({ key, value }) => [key, value.text()]));
  for (const label of new Set([...wanted.keys(), ...externalLabels.keys()])) {
    const own = externalLabels.get(label);
    if (own?.text === wanted.get(label)) continue;
    say(
      own?.value.place ?? root.at('global', 'external_labels').keyPlace,
      `the external label \`${label}\` is ${own?.text ?? 'not there'}, and ${wanted.get(label) ?? 'none'} is promised`,
    );
  }
}
