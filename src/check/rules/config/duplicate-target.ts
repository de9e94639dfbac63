import type { ScrapeJob } from '../../../stack/prometheus.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule, Say } from '../../rule.ts';

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

/** Where a target is named: its job, and the labels of its group. */
interface Named {
  job: ScrapeJob;
  labels: string;
}

function eachTargetTwice(jobs: ScrapeJob[], say: Say): void {
  const seen = new Map<string, Named>();
  for (const job of jobs) {
    if (job.targets === undefined) continue;
    const how = howAsked(job.value);
    for (const group of job.value.get('static_configs').items()) {
      const labels = labelsOf(group);
      for (const { text, value } of group.get('targets').texts()) {
        const first = seen.get(`${text}\n${how}`);
        if (first === undefined) seen.set(`${text}\n${how}`, { job, labels });
        else if (isAnother(first, { job, labels }))
          say(value.place, `${text} is scraped by ${named(first.job, job)} already`);
      }
    }
  }
}

/** What is asked of a target, and how. */
function howAsked(job: Value): string {
  return ['metrics_path', 'params', 'scheme']
    .map((key) => job.get(key))
    .map((value) => (value.exists ? written(value) : ''))
    .join('\n');
}

function labelsOf(group: Value): string {
  return group
    .get('labels')
    .entries()
    .map(({ key, value }) => `${key}=${value.text()}`)
    .sort()
    .join('\n');
}

function written({ file, place }: Value): string {
  return file.text.slice(place.from, place.to);
}

/**
 * Whether two entries make two sets of the same series. Of targets of one job that are alike in all
 * of their labels Prometheus keeps one (scrape/scrape.go, `Sync`).
 */
function isAnother(first: Named, second: Named): boolean {
  return first.job !== second.job || first.labels !== second.labels;
}

function named(first: ScrapeJob, job: ScrapeJob): string {
  return first === job ? 'this job, with other labels,' : `the job \`${first.name}\``;
}
