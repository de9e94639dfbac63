import type { CutOff, RequestCount } from '../../model/k6-evidence.ts';
import { scrapeMsOf, scrapesOf } from '../scrapes/recorded.ts';
import type { MetricContext } from './context.ts';
import { NO_ANSWER } from './counted.ts';
import type { Counted } from './counted.ts';
import type { Life } from './lives.ts';

const CUT_OFF: CutOff = 'cut off';

/** What a counter was found to be, beside what k6 counted. */
export interface Tally {
  problems: string[];
  /** Counts that are too small where the service's last scrapes didn't come. */
  unseen: string[];
  /** How many of its series were compared, and the requests in them. */
  pairs: number;
  requests: number;
  /** Requests without an answer: each may have been counted or not. */
  unanswered: number;
}

/** A counter of a service, and what k6 counted of it. */
export interface Account {
  counted: Counted;
  service: string;
  counts: RequestCount[];
}

/** One life of a service: what the counter read at its end, and what it may have been. */
export function tallyOf(c: MetricContext, account: Account, life: Life): Tally {
  const { counted } = account;
  const answered = sumsOf(account, answersIn(life.answered));
  const unsure = sumsOf(account, answersIn(life.unsure));
  const unanswered = total(sumsOf(account, silencesIn(life.exact)));
  const seen = lastOf(c, counted, life);
  const tally: Tally = { problems: [], unseen: [], pairs: 0, requests: 0, unanswered };
  const isUnseen = endedUnseen(c, life);
  for (const key of new Set([...answered.keys(), ...unsure.keys(), ...seen.keys()])) {
    const least = answered.get(key) ?? 0;
    const most = least + (unsure.get(key) ?? 0) + unanswered;
    const value = seen.get(key) ?? 0;
    const expected = least === most ? String(least) : `${least} to ${most}`;
    if (value < least || value > most)
      tally[value < least && isUnseen ? 'unseen' : 'problems'].push(
        `${life.name}, ${key || counted.what}: ${value} instead of ${expected}`,
      );
    if (least > 0) tally.pairs++;
    tally.requests += least;
  }
  return tally;
}

/** What the plan keeps free before a stop so that all is scraped, in intervals (docs/timing.md). */
const SCRAPES_BEFORE_STOP = 2;

/**
 * Whether the last scrapes before a life was cut off are missing: what it answered then was seen by
 * nobody.
 */
function endedUnseen(
  { plan, evidence, job }: MetricContext,
  { fromMs, stoppedAtMs }: Life,
): boolean {
  if (stoppedAtMs === Infinity) return false;
  const scrapeMs = scrapeMsOf(plan, job);
  const last = scrapesOf(evidence, job).findLast(
    ({ at, failed }) => !failed && at >= fromMs && at < stoppedAtMs,
  );
  const epsilonMs = Math.min(...plan.alerts.map(({ timing }) => timing.epsilonMs));
  return last !== undefined && last.at < stoppedAtMs - SCRAPES_BEFORE_STOP * scrapeMs - epsilonMs;
}

/** What several lives come to together. */
export function added(tallies: Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((all, tally) => all + of(tally), 0);
  return {
    problems: tallies.flatMap(({ problems }) => problems),
    unseen: tallies.flatMap(({ unseen }) => unseen),
    pairs: sum(({ pairs }) => pairs),
    requests: sum(({ requests }) => requests),
    unanswered: sum(({ unanswered }) => unanswered),
  };
}

/** What the counter read last in a life, by what k6 counts by. */
function lastOf(c: MetricContext, counted: Counted, { fromMs, toMs }: Life): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { labels, samples } of c.series) {
    const last = samples.findLast(([at]) => at >= fromMs && at < toMs);
    const key = counted.key(labels);
    if (last) seen.set(key, (seen.get(key) ?? 0) + last[1]);
  }
  return seen;
}

type Chosen = (count: RequestCount) => boolean;

function answersIn(spans: string[]): Chosen {
  return ({ span, status }) => spans.includes(span) && status !== NO_ANSWER;
}

function silencesIn(spans: string[]): Chosen {
  return ({ span, status }) => spans.includes(span) && status === NO_ANSWER;
}

/** What k6 counted of those that the counter takes and that are chosen, by the counter's key. */
function sumsOf({ counted, service, counts }: Account, isChosen: Chosen): Map<string, number> {
  const sums = new Map<string, number>();
  for (const count of counts) {
    if (count.service !== service || count.name === 'other' || !isChosen(count)) continue;
    if (count.name !== CUT_OFF && !counted.takes(count)) continue;
    const key = counted.keyOf(count);
    sums.set(key, (sums.get(key) ?? 0) + count.count);
  }
  return sums;
}

function total(sums: Map<string, number>): number {
  return [...sums.values()].reduce((all, count) => all + count, 0);
}
