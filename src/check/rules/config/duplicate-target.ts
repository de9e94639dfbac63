import type { ScrapeJob } from '../../../stack/prometheus.ts';
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
