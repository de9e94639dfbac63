import type { Evidence } from '../../../model/evidence.ts';
import type { FindingId } from '../../../model/finding.ts';
import type { Plan } from '../../../model/plan.ts';
import { lateScrapes, lateText, poorScrapes, poorText } from '../../scrapes.ts';
import { readsJob } from '../../unscraped.ts';
import type { TrackContext } from '../context.ts';
import { wasBrief } from './brief.ts';
import type { Doubt } from './doubt.ts';
import { SCRAPED, SEEN_LATE, UNTOLD } from './explains.ts';

/** Scrapes that failed, took long or came late, of the job that an alert is about. */
export function scrapeDoubts(c: TrackContext): Doubt[] {
  const { plan, evidence } = c;
  const jobs = jobsOf(c);
  const isOwn = ({ job }: { job: string }): boolean => jobs.includes(job);
  const untold = wasBrief(c) ? UNTOLD : [];
  const explains = [...SCRAPED, ...untold];
  const seenLate = [...SEEN_LATE, ...(cameAndWent(c) ? CAME_AND_WENT : []), ...untold];
  const poor = poorScrapes(plan, evidence).filter(isOwn);
  const late = lateScrapes(plan, evidence).filter(isOwn);
  return [
    ...poor.map((scrape) => ({ reason: poorText(scrape), at: scrape.at, explains })),
    ...late.map((scrape) => ({ reason: lateText(scrape), at: scrape.at, explains: seenLate })),
  ];
}

/** Findings of an alert that was active, was not for a moment, and began anew. */
const CAME_AND_WENT: FindingId[] = ['never-fired', 'fired-late'];

function cameAndWent({ episodes, began, step }: TrackContext): boolean {
  const from = began(step('breach') ? 'breach' : 'outage');
  return episodes.filter(({ lastAt }) => lastAt >= from).length > 1;
}

/** The alert's own job; of one that is about none, all that its rule reads. */
function jobsOf({ plan, track }: TrackContext): string[] {
  const own = track.labels['job'];
  if (own !== undefined) return [own];
  const expr = plan.rules[track.alert]?.expr ?? '';
  return plan.jobs.map(({ name }) => name).filter((job) => readsJob(expr, job, plan));
}

/** A stretch in which Alertmanager didn't answer its own scrapes. */
export interface Standing {
  /** When the scrape began, epoch ms. */
  at: number;
  /** For how long it may have stood still by that: the scrape, and an interval before it. */
  ms: number;
  reason: string;
}

/**
 * When Alertmanager stood still, by its own scrapes that failed: then it tells late. One whose
 * group_wait is too long answers as ever.
 */
export function alertmanagerStood(plan: Plan, evidence: Evidence): Standing[] {
  const own = plan.jobs.filter(({ component }) => component === 'alertmanager');
  return poorScrapes(plan, evidence).flatMap((scrape) => {
    const job = own.find(({ name }) => name === scrape.job);
    if (!job || !scrape.failed) return [];
    return [{ at: scrape.at, ms: scrape.ms + job.scrapeMs, reason: poorText(scrape) }];
  });
}

/** The same as doubts about a silence that is told of: what comes late may be heard in it. */
export function standingDoubts({ plan, evidence }: TrackContext): Doubt[] {
  return alertmanagerStood(plan, evidence).map(({ at, reason }) => ({
    ...{ at, reason },
    explains: ['silence-not-kept'],
  }));
}
