import type { Evidence } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import { poorScrapes, poorText } from '../../scrapes/poor.ts';
import { scrapeMsOf } from '../../scrapes/recorded.ts';
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
  const own = plan.jobs.filter(({ component }) => component === 'alertmanager');
  return poorScrapes(plan, evidence)
    .filter(({ job, failed }) => failed && own.some(({ name }) => name === job))
    .map((scrape) => ({
      at: scrape.at,
      fromMs: scrape.at - scrapeMsOf(plan, scrape.job),
      toMs: scrape.at + scrape.ms,
      reason: poorText(scrape),
    }))
    .sort((a, b) => a.at - b.at);
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
