import { groupBy } from '../../lib/group-by.ts';
import { isReported } from './as-scraped.ts';
import type { PlacedSeries, StoredSeries } from './on-target.ts';
import { storedAs } from './stored-as.ts';
import { scrapedAddress } from './target.ts';
import type { JobTarget, JobTargets } from './target.ts';

/** A target with the job that scrapes it. */
export interface Scraper {
  job: JobTargets;
  target: JobTarget;
}

/** All that scrape what a target does, the target itself among them, in the order of jobs. */
export type ScrapersOf = (target: JobTarget) => readonly Scraper[];

/** Who scrapes which address: two jobs that scrape the same one are answered alike. */
export function scrapersIn(jobs: readonly JobTargets[]): ScrapersOf {
  const all = jobs.flatMap((job) => job.targets.map((target) => ({ job, target })));
  const known = groupBy(all, ({ target }) => scrapedAddress(target));
  return (target) => known.get(scrapedAddress(target)) ?? [];
}

/** What others that scrape the same address have of a series as well. */
export function alsoStored(one: PlacedSeries, scrapersOf: ScrapersOf): StoredSeries[] {
  const others = scrapersOf(one.target).filter(({ target }) => target !== one.target);
  const { metric } = one.series;
  return others.flatMap(({ job, target }) =>
    isReported(one)
      ? { metric, labels: target.labels, everyMs: job.intervalMs }
      : (storedAs(metric, one.exported, job, target) ?? []),
  );
}
