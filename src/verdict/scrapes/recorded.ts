import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Series } from '../../model/series.ts';

/** A scrape, by what Prometheus writes down of it. */
export interface Scrape {
  /** When it began, as its samples say, epoch ms. */
  at: number;
  /** How long it took, ms; undefined where that isn't on record. */
  ms: number | undefined;
  failed: boolean;
}

/** What Prometheus itself writes with each scrape (scrape/scrape.go, `report`). */
type Reported = 'up' | 'scrape_duration_seconds';

/** What was recorded of a job's scrapes, ascending; of all its targets together. */
export function samplesOf({ series }: Evidence, name: Reported, job: string): Series['samples'] {
  return series
    .filter(({ labels }) => labels['__name__'] === name && labels['job'] === job)
    .flatMap(({ samples }) => samples)
    .sort(([a], [b]) => a - b);
}

/** A job's scrape interval, ms; 0 of a job that the plan doesn't know. */
export function scrapeMsOf(plan: Plan, job: string): number {
  return plan.jobs.find(({ name }) => name === job)?.scrapeMs ?? 0;
}

/** All scrapes of a job that are on record, in their order. */
export function scrapesOf(evidence: Evidence, job: string): Scrape[] {
  const durations = new Map(samplesOf(evidence, 'scrape_duration_seconds', job));
  return samplesOf(evidence, 'up', job).map(([at, up]) => {
    const seconds = durations.get(at);
    return { at, ms: seconds === undefined ? undefined : seconds * 1_000, failed: up !== 1 };
  });
}
