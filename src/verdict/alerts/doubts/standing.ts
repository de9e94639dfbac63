import type { Evidence } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import { poorScrapes, poorText } from '../../scrapes/poor.ts';
import type { PoorScrape } from '../../scrapes/poor.ts';
import { scrapeMsOf, scrapesOf } from '../../scrapes/recorded.ts';
import type { TrackContext } from '../context.ts';
import type { Doubt } from './doubt.ts';

/** A stretch in which Alertmanager may have stood still, epoch ms, and what shows it. */
export interface Standing {
  /** When the scrape began that wasn't answered. */
  at: number;
  /** It may have stood still since just after the scrape before, and until this one was over. */
  fromMs: number;
  toMs: number;
  reason: string;
}

/**
 * When Alertmanager stood still, by its own scrapes that failed: then it tells late. One whose
 * group_wait is too long answers as ever.
 */
export function alertmanagerStood(plan: Plan, evidence: Evidence): Standing[] {
  const jobs = alertmanagers(plan);
  return poorScrapes(plan, evidence)
    .filter(({ job, failed }) => failed && jobs.includes(job))
    .map((scrape) => standing(plan, scrape))
    .sort((a, b) => a.at - b.at);
}

/**
 * The same of a run that never began: then the harness has touched nothing, and what doesn't answer
 * any more stands still by itself. Epoch ms.
 * @returns since when it had answered, and when it stood still after that
 */
export function stoodBeforeT0(
  plan: Plan,
  evidence: Evidence,
): { sinceMs: number; standings: Standing[] } {
  const scrapes = alertmanagers(plan).flatMap((job) => {
    const all = scrapesOf(evidence, job);
    const begun = all.findIndex(({ failed }) => !failed);
    return begun < 0 ? [] : all.slice(begun).map((scrape) => ({ job, ...scrape }));
  });
  const standings = scrapes
    .filter(({ failed }) => failed)
    .map(({ ms = 0, ...scrape }) => standing(plan, { ...scrape, ms }));
  const sinceMs = Math.min(...scrapes.map(({ at }) => at));
  return { sinceMs, standings: standings.sort((a, b) => a.at - b.at) };
}

function alertmanagers({ jobs }: Plan): string[] {
  return jobs.filter(({ component }) => component === 'alertmanager').map(({ name }) => name);
}

function standing(plan: Plan, scrape: PoorScrape): Standing {
  const { at, ms, job } = scrape;
  return { at, fromMs: at - scrapeMsOf(plan, job), toMs: at + ms, reason: poorText(scrape) };
}

/**
 * For how long it may have stood still between two moments at most, ms, and what shows it: what two
 * scrapes tell of the same moment counts once.
 * @param standings ascending
 */
export function stoodIn(
  standings: Standing[],
  [fromMs, untilMs]: [number, number],
): { ms: number; reasons: string[] } {
  const meanwhile = standings.filter((one) => one.toMs > fromMs && one.fromMs < untilMs);
  let ms = 0;
  let countedUntil = fromMs;
  for (const one of meanwhile) {
    const end = Math.min(one.toMs, untilMs);
    ms += Math.max(0, end - Math.max(one.fromMs, countedUntil));
    countedUntil = Math.max(countedUntil, end);
  }
  return { ms, reasons: meanwhile.map(({ reason }) => reason) };
}

/** The same as doubts about a silence that is told of: what comes late may be heard in it. */
export function standingDoubts({ plan, evidence }: TrackContext): Doubt[] {
  return alertmanagerStood(plan, evidence).map(({ at, reason }) => ({
    ...{ at, reason },
    explains: ['silence-not-kept'],
  }));
}
