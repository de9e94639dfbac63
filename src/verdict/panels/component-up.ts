import { COMPONENT, actsOn } from '../../lib/components.ts';
import type { Evidence } from '../../model/evidence.ts';
import { SETTLED_MS } from '../../model/world.ts';
import { SCRAPE_MS } from './job-scrapes.ts';
import type { JobScrapes } from './job-scrapes.ts';

/**
 * 1 or 0: whether a job's target was up at a moment; undefined around a change, and where the
 * machine was too slow for a scrape.
 * @param at epoch ms
 */
export function componentUp(
  { timeline }: Evidence,
  scrapes: JobScrapes,
  job: string,
  at: number,
): number | undefined {
  const scrape = 2 * scrapes.intervalMs(job) + SCRAPE_MS;
  if (!scrapes.isRecorded(job, at) || !scrapes.isFresh(job, at)) return undefined;
  const steps = actsOn(timeline, job);
  const before = steps.findLast((step) => step.at <= at);
  const next = steps.find((step) => step.at > at);
  if (next?.level === COMPONENT.running && next.at - at < scrape + SETTLED_MS) return undefined;
  // A scrape that is under way when a target is stopped fails, and bears the time before.
  if (next && next.level < COMPONENT.running && next.at <= scrapes.readUntil(job, at))
    return undefined;
  if (!before || before.level === COMPONENT.running)
    return !scrapes.isSteady(job, at, scrape) || scrapes.isSlow(job, at) ? undefined : 1;
  return before.level === COMPONENT.stopped && at - before.at > scrape + SETTLED_MS ? 0 : undefined;
}
