import type { Subject } from './subject.ts';
import type { Intervals } from './times.ts';

/** Speeds that are tried, the surest first. */
const SPEEDS = [1, 2, 5, 10, 15, 20, 30, 40, 60, 80, 100];
/** Faster than this nothing is gained: starting and stopping take the time. */
const GENTLE = 30;
/** Shortest intervals that a machine of two cores keeps. */
const LEAST_SCRAPE_MS = 200;
const LEAST_EVALUATION_MS = 250;
/** Rules a second that Prometheus evaluates on one core with room to spare. */
const MOST_RULES_PER_SECOND = 1_200;

/** The fastest speed that the machine bears, and what sets it. */
export function fastestSpeed(
  stack: Pick<Subject, 'groups' | 'prometheus'>,
  intervals: Intervals,
): { speed: number; reason: string } {
  const jobs = stack.prometheus?.jobs.map((job) => job.intervalMs) ?? [];
  const scrapeMs = Math.min(intervals.scrapeMs, ...jobs);
  const evaluations = stack.groups.map((group) => group.evaluationMs ?? intervals.evaluationMs);
  const evaluationMs = Math.min(intervals.evaluationMs, ...evaluations);
  const rulesPerSecond = stack.groups.reduce(
    (sum, group, i) => sum + (group.rules.length * 1000) / (evaluations[i] ?? 1),
    0,
  );
  const limits: [number, string][] = [
    [scrapeMs / LEAST_SCRAPE_MS, `it scrapes every ${scrapeMs / 1000} s`],
    [evaluationMs / LEAST_EVALUATION_MS, `it evaluates every ${evaluationMs / 1000} s`],
    [MOST_RULES_PER_SECOND / rulesPerSecond, `it has many rules`],
  ];
  const [limit, why] = limits.reduce((a, b) => (b[0] < a[0] ? b : a));
  const speed = SPEEDS.findLast((one) => one <= limit) ?? 1;
  return { speed, reason: `${speed} is the most that a run keeps time at: ${why}` };
}

/** Speeds from the gentlest to the fastest. */
export function speedsUpTo(fastest: number): number[] {
  return SPEEDS.filter((speed) => speed === fastest || (speed >= GENTLE && speed < fastest));
}
