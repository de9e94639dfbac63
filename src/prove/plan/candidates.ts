import type { RecipeSeries } from '../../model/recipe.ts';
import type { ScrapersOf } from './shared.ts';
import type { JobTarget, JobTargets } from './target.ts';
import type { LongestGap } from './windows.ts';

export interface JobAndTarget {
  job: JobTargets;
  target: JobTarget;
}

interface Choice {
  jobs: readonly JobTargets[];
  scrapersOf: ScrapersOf;
  longestGapMs: LongestGap;
  /** How many series each target has already. */
  used: ReadonlyMap<JobTarget, number>;
}

/**
 * Targets, the likeliest first: a job that is called like the metric, then one that is scraped
 * often enough for what looks at it, then one that no other job scrapes as well, then the one with
 * least to do.
 */
export function candidates(
  group: readonly RecipeSeries[],
  { jobs, used, scrapersOf, longestGapMs }: Choice,
): JobAndTarget[] {
  const gapMs = Math.min(...group.map(({ metric }) => longestGapMs(metric)));
  return jobs
    .flatMap((job) =>
      job.targets.map((target) => {
        const tooSeldom = Math.max(1, (job.intervalMs ?? 0) / gapMs);
        const scrapers = Math.max(1, scrapersOf(target).length);
        const ranks = [-likeness(job.name, group), tooSeldom, scrapers, used.get(target) ?? 0];
        return { job, target, ranks };
      }),
    )
    .sort((a, b) => firstDifference(a.ranks, b.ranks));
}

function firstDifference(some: readonly number[], others: readonly number[]): number {
  return some.map((one, i) => one - (others[i] ?? 0)).find((by) => by !== 0) ?? 0;
}

function likeness(job: string, group: readonly RecipeSeries[]): number {
  const words = job
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const score = (one: RecipeSeries): number => {
    if (one.labels['job'] === job) return 3;
    const start = one.metric.toLowerCase().split(/[_:]/)[0] ?? '';
    if (words.includes(start)) return 2;
    return words.some((word) => one.metric.toLowerCase().includes(word)) ? 1 : 0;
  };
  return Math.max(...group.map(score));
}
