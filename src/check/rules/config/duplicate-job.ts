import type { Rule } from '../../rule.ts';

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
