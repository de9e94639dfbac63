import type { Evidence } from '../../../model/evidence.ts';
import type { FindingId } from '../../../model/finding.ts';
import type { Plan } from '../../../model/plan.ts';
import { lateScrapes, lateText, poorScrapes, poorText } from '../../scrapes.ts';
import { readsJob } from '../../unscraped.ts';
import type { TrackContext } from '../context.ts';
import { wasBrief } from './brief.ts';
import type { Doubt } from './doubt.ts';
import { SCRAPED, UNTOLD } from './explains.ts';

/** Scrapes that failed, took long or came late, of the job that an alert is about. */
export function scrapeDoubts(c: TrackContext): Doubt[] {
  const { plan, evidence } = c;
  const jobs = jobsOf(c);
  const explains = [...SCRAPED, ...(wasBrief(c) ? UNTOLD : [])];
  return [
    ...poorScrapes(plan, evidence).map((scrape) => ({ ...scrape, reason: poorText(scrape) })),
    ...lateScrapes(plan, evidence).map((scrape) => ({ ...scrape, reason: lateText(scrape) })),
  ]
    .filter(({ job }) => jobs.includes(job))
    .map(({ reason, at }) => ({ reason, at, explains }));
}

/** The alert's own job; of one that is about none, all that its rule reads. */
function jobsOf({ plan, track }: TrackContext): string[] {
  const own = track.labels['job'];
  if (own !== undefined) return [own];
  const expr = plan.rules[track.alert]?.expr ?? '';
  return plan.jobs.map(({ name }) => name).filter((job) => readsJob(expr, job, plan));
}

/**
 * An Alertmanager that stood still tells late, and its own scrapes show when: one whose group_wait
 * is too long answers as ever.
 * @param finding what follows from it where it is asked for
 */
export function alertmanagerDoubts(plan: Plan, evidence: Evidence, finding: FindingId): Doubt[] {
  const own = plan.jobs.filter(({ component }) => component === 'alertmanager');
  return poorScrapes(plan, evidence)
    .filter(({ job }) => own.some(({ name }) => name === job))
    .map((scrape) => ({ reason: poorText(scrape), at: scrape.at, explains: [finding] }));
}
