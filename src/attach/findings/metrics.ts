import type { LiveFinding } from '../../model/attach.ts';
import { live } from '../finding.ts';

/** What a contract promises of a metric. */
export interface PromisedMetric {
  name: string;
  type: string | undefined;
  jobs: string[];
  /** The most series of one job; undefined when the contract doesn't say. */
  series: number | undefined;
  where: string;
}

/**
 * How many series each job has of a metric; histograms and summaries are counted by their
 * combinations of labels.
 */
export function seriesPerJob({ name, type }: PromisedMetric): string {
  return `count by (job) (${oneEach(name, type)})`;
}

/** What has one series for each combination of labels. */
function oneEach(name: string, type: string | undefined): string {
  // A summary needn't have quantiles.
  if (type === 'summary') return `${name}_count`;
  // A native histogram is one series of its own name; who scrapes both has both.
  return type === 'histogram' ? `${name}_count or ${name}` : name;
}

/**
 * The promises of one metric held against the series that are there.
 * @param promised `alive`: its jobs without those that can't be scraped at all, which is told by
 * itself
 */
export function metricFindings(
  promised: PromisedMetric & { alive: string[] },
  counts: ReadonlyMap<string, number>,
): LiveFinding[] {
  const { name, jobs, alive, series, where } = promised;
  const about = (job: string) => ({ subject: `${name} of ${job}`, where });
  return [
    ...alive
      .filter((job) => !counts.has(job))
      .map((job) => live('metricMissing', { ...about(job), title: `${job} has no series of it` })),
    ...[...counts].flatMap(([job, count]) => {
      if (!jobs.includes(job))
        return live('metricForeign', {
          ...about(job),
          title: `${job} exports it, and only ${jobs.join(', ')} should`,
        });
      return series !== undefined && count > series
        ? live('tooManySeries', {
            ...about(job),
            title: `${count} series, and at most ${series} are promised`,
          })
        : [];
    }),
  ];
}
