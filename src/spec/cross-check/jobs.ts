import type { InputProblem } from '../../lib/errors.ts';
import type { ContractDraft } from '../contract.ts';
import type { PrometheusDraft } from '../prometheus.ts';
import type { Collector } from './collector.ts';

/** Jobs are scraped as the contract says, and no others; metrics are of jobs that there are. */
export function checkJobs(
  { contract, names, source }: ContractDraft,
  prometheus: PrometheusDraft | undefined,
  { say, known }: Collector,
): void {
  for (const job of contract.jobs) {
    known(job.source, 'no scrape job has the name', job.name, prometheus?.jobNames);
    if (job.follower !== undefined) {
      const at = source.at(['jobs', job.name, 'follower']);
      known(at, 'the contract has no alert', job.follower, names.alerts);
    }
    const scraped = prometheus?.spec.jobs.find((j) => j.name === job.name);
    if (scraped && (scraped.targets.length !== 1 || scraped.targets[0] !== job.target))
      say(
        scraped.source,
        `job \`${job.name}\` scrapes ${scraped.targets.join(', ')}`,
        `the contract's one target, ${job.target} (${source.file}:${job.source.line})`,
      );
  }
  for (const job of prometheus?.spec.jobs ?? [])
    known(job.source, 'the contract has no job', job.name, names.jobs);
  for (const metric of contract.metrics)
    for (const [i, job] of metric.jobs.entries())
      known(
        source.at(['metrics', metric.name, 'jobs', i]),
        'the contract has no job',
        job,
        names.jobs,
      );
}

/** What a run is judged by has to be started: who scrapes and evaluates, and who tells people. */
export function ownComponents({ contract, names, source }: ContractDraft): InputProblem[] {
  // Where an entry is wrong, it may be the very one.
  if (names.jobs?.length !== contract.jobs.length) return [];
  return ['prometheus', 'alertmanager']
    .filter((component) => !contract.jobs.some((job) => job.component === component))
    .map((component) => ({
      source: source.at(['jobs'], true),
      message: `no job has the component \`${component}\`: nothing would start it`,
      expected:
        `a job that scrapes it, here and in prometheus.yml, such as \`${component}: { target: ` +
        `"${component}:${component === 'prometheus' ? 9090 : 9093}", component: ${component} }\``,
    }));
}
