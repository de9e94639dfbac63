import type { Timeline } from '../../model/recipe.ts';
import { DEFAULT_INTERVAL_MS } from '../../model/prometheus-defaults.ts';
import { allRoutes } from '../../alertmanager/routing.ts';
import type { Subject } from './subject.ts';

/** How often a stack without a prometheus.yml is scraped. */
export const PLAIN_SCRAPE_MS = 15_000;
/** Stated allowance for round trips and scheduling: real time, whatever the speed. */
export const ALLOWANCE_MS = 1_000;

/**
 * Longest time until Prometheus takes over what its discovery says, real ms whatever the speed: it
 * gathers updates for five seconds (discovery/manager.go, `updatert`).
 */
const DISCOVERED_WITHIN_MS = 5_500;

/** The stack's own intervals, ms. */
export interface Intervals {
  scrapeMs: number;
  evaluationMs: number;
  /**
   * Longest time from an alert's change to its notification, however it is grouped; 0 without an
   * Alertmanager.
   */
  toldMs: number;
}

/**
 * A stack's own intervals; of scraping the longest that a job has. Where it has no Prometheus they
 * are the usual ones.
 */
export function intervalsOf(stack: Pick<Subject, 'prometheus' | 'alertmanager'>): Intervals {
  const { prometheus } = stack;
  return {
    scrapeMs: prometheus
      ? Math.max(prometheus.scrapeIntervalMs, ...prometheus.jobs.map((job) => job.intervalMs))
      : PLAIN_SCRAPE_MS,
    evaluationMs: prometheus?.evaluationIntervalMs ?? DEFAULT_INTERVAL_MS,
    toldMs: toldMs(stack),
  };
}

/**
 * An alert that joins a group waits for its next flush; a new group for `group_wait`
 * (dispatch/dispatch.go).
 */
function toldMs({ alertmanager }: Pick<Subject, 'alertmanager'>): number {
  const routes = alertmanager?.route ? allRoutes(alertmanager.route) : [];
  return Math.max(
    0,
    ...routes.map(({ groupWaitMs, groupIntervalMs }) => Math.max(groupWaitMs, groupIntervalMs)),
  );
}

/**
 * An alert's life in a run, ms of the stack's own time from its start; allowances are told in that
 * time too.
 */
export interface Life {
  settledAtMs: number;
  overAtMs: number;
  calmAtMs: number;
  endMs: number;
  activeWithinMs: number;
  resolvedWithinMs: number;
  toldWithinMs: number;
}

/**
 * What was seen in virtual time, as it may be seen live: scrapes and evaluations lie anywhere
 * within their intervals, and people are told before it is over.
 * @param rediscovers whether targets go and come back in it
 * @param stepMs how long its series stand still between two changes: what is counted in a window
 * may be one more or less, until the next
 * @param crossingMs how far a slope's way over its limit may lie from virtual time
 * @param offsetMs how long ago what its rule sees was so at least
 */
export function lifeOf(
  timeline: Timeline,
  intervals: Intervals,
  speed: number,
  { rediscovers = false, stepMs = 0, crossingMs = 0, offsetMs = 0 } = {},
): Life {
  const { scrapeMs, evaluationMs, toldMs: told } = intervals;
  const allowance = ALLOWANCE_MS * speed;
  const jitter = scrapeMs + evaluationMs + stepMs + crossingMs + offsetMs + allowance;
  const changes = jitter + (rediscovers ? DISCOVERED_WITHIN_MS * speed : 0);
  const activeWithinMs = timeline.activeAtMs - timeline.overAtMs + changes;
  const pendingMs = timeline.firingAtMs - timeline.activeAtMs;
  const toldWithinMs = told + evaluationMs + allowance;
  const resolvedWithinMs = timeline.resolvedAtMs - timeline.calmAtMs + changes;
  // Near lasts until it would have fired, if it could.
  const overAtMs = Math.max(timeline.overAtMs, timeline.settledAtMs + pendingMs + jitter);
  const calmAtMs = overAtMs + activeWithinMs + pendingMs + evaluationMs + toldWithinMs;
  return {
    settledAtMs: timeline.settledAtMs + jitter,
    overAtMs,
    calmAtMs,
    endMs: calmAtMs + resolvedWithinMs + toldWithinMs,
    activeWithinMs,
    resolvedWithinMs,
    toldWithinMs,
  };
}

/**
 * How far what is seen live may lie from virtual time: scrapes and evaluations lie anywhere within
 * their intervals.
 * @param rediscovers whether targets go and come back
 * @returns run ms
 */
export function slackMs(
  groups: { evaluationMs: number | undefined }[],
  { scrapeMs, evaluationMs }: Intervals,
  speed: number,
  rediscovers: boolean,
): number {
  const longest = Math.max(evaluationMs, ...groups.map((group) => group.evaluationMs ?? 0));
  const discovered = rediscovers ? DISCOVERED_WITHIN_MS : 0;
  return Math.round((scrapeMs + 2 * longest) / speed) + ALLOWANCE_MS + discovered;
}

/** Scrapes that a rate of a panel needs, with one to spare. */
const SCRAPES_OF_A_RATE = 4;

/** After what time every panel has something to show: run ms. */
export function panelsShownMs({ scrapeMs, evaluationMs }: Intervals, speed: number): number {
  return Math.round((SCRAPES_OF_A_RATE * scrapeMs + evaluationMs) / speed) + ALLOWANCE_MS;
}

/** The life of a stand-in: seen at the next scrape, pending for one evaluation. */
export function standInTimeline(intervals: Intervals): Timeline {
  const { scrapeMs, evaluationMs } = intervals;
  const overAtMs = scrapeMs + evaluationMs;
  return {
    scrapeMs,
    evaluationMs,
    settledAtMs: 0,
    overAtMs,
    activeAtMs: overAtMs,
    firingAtMs: overAtMs + evaluationMs,
    calmAtMs: overAtMs + 2 * evaluationMs,
    resolvedAtMs: overAtMs + 2 * evaluationMs,
  };
}
