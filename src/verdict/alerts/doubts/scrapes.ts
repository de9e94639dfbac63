import type { FindingId } from '../../../model/finding.ts';
import { lateScrapes, lateText } from '../../scrapes/late.ts';
import { poorScrapes, poorText } from '../../scrapes/poor.ts';
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
