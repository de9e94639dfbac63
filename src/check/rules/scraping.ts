import { parseDurationMs } from '../../lib/duration.ts';
import { nearest } from '../../lib/nearest.ts';
import type { ScrapeJob } from '../../stack/prometheus.ts';
import type { Rule, Say } from '../rule.ts';

export const jobNotScraped: Rule = {
  id: 'config/job-not-scraped',
  level: 'error',
  title: 'A promised job that is not scraped',
  why: 'Nothing of it is ever seen, and its alerts never fire: not even that it is down, for `up` needs a scrape.',
  mend: 'Add a scrape job of this name to prometheus.yml, or take it out of the contract.',
  check: ({ contract, prometheus }, say) => {
    if (!contract || prometheus.length === 0) return;
    if (prometheus.some(({ root }) => root.get('scrape_config_files').exists)) return;
    const names = prometheus.flatMap((one) => one.jobs).map((j) => j.name);
    for (const { key, value } of contract.root.get('jobs').entries()) {
      if (names.includes(key)) continue;
      const close = nearest(key, names);
      say(
        value.keyPlace,
        `no scrape job is named \`${key}\`${close === undefined ? '' : `; is \`${close}\` the one?`}`,
      );
    }
  },
};

export const duplicateJob: Rule = {
  id: 'config/duplicate-job',
  level: 'error',
  title: 'Two scrape jobs of one name',
  why: 'Prometheus refuses its whole configuration.',
  mend: 'Give one of them another name, or put the targets of both under one.',
  check: ({ prometheus }, say) => {
    for (const { jobs } of prometheus)
      jobs.forEach((job, i, all) => {
        if (job.name !== '' && all.slice(0, i).some((other) => other.name === job.name))
          say(job.value.get('job_name').place, `the job \`${job.name}\` stands here twice`);
      });
  },
};

export const duplicateTarget: Rule = {
  id: 'config/duplicate-target',
  level: 'warning',
  title: 'A target that is scraped twice',
  why: 'Each of its series is there twice, and every sum over the jobs counts it double.',
  mend: 'Scrape it once.',
  check: ({ prometheus }, say) => {
    for (const { jobs } of prometheus) eachTargetTwice(jobs, say);
  },
};

function eachTargetTwice(jobs: ScrapeJob[], say: Say): void {
  const seen = new Map<string, string>();
  for (const job of jobs) {
    if (job.targets === undefined) continue;
    const how = ['metrics_path', 'params', 'scheme']
      .map((key) =>
        job.value.file.text.slice(
          job.value.get(key).exists ? job.value.get(key).place.from : 0,
          job.value.get(key).exists ? job.value.get(key).place.to : 0,
        ),
      )
      .join('\n');
    for (const group of job.value.get('static_configs').items())
      for (const { text, value } of group.get('targets').texts()) {
        const first = seen.get(`${text}\n${how}`);
        if (first !== undefined)
          say(value.place, `${text} is scraped by the job \`${first}\` already`);
        else seen.set(`${text}\n${how}`, job.name);
      }
  }
}

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
