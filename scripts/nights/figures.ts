import { groupBy } from '../../src/lib/group-by.ts';
import { nameOf, titleOf } from '../../src/model/expectation-kinds.ts';
import { subjectName } from '../../src/model/expectation.ts';
import type { Expectation } from '../../src/model/expectation.ts';
import type { Plan, Timing } from '../../src/model/plan.ts';
import type { Judgement } from '../../src/model/verdict.ts';

/**
 * The figures of one good night: what was measured, by name. Seconds, but for what is called a
 * ratio.
 */
export interface Night {
  schemaVersion: 1;
  /** The run's id, which begins with its date. */
  runId: string;
  stackName: string;
  speed: number;
  figures: Record<string, number>;
}

/** Expectations whose measured time is the better, the shorter it is. */
const TIMED: Expectation['kind'][] = [
  'pending-in-time',
  'fires-on-time',
  'resolves-in-time',
  'told',
  'watchdog-delivered',
];

/** The one figure that is no time. */
export const RATIO = 'whole run: ratio to its critical path';

/** Tonight's figures, and for some how far apart two healthy values may be, in seconds. */
export interface Figures {
  night: Night;
  steps: Record<string, number>;
}

/**
 * What can be compared from night to night: each time that an alert took; the mean of each kind of
 * time, which shows what is smaller than a step; and how long the run took, by itself and beside
 * its critical path.
 */
export function figuresOf(judgement: Judgement, plan: Pick<Plan, 'alerts'>): Figures {
  const times = judgement.verdicts.flatMap(({ expectation, outcome, figure }): Timed[] => {
    const seconds = figure?.seconds;
    if (seconds === undefined || outcome !== 'pass' || !TIMED.includes(expectation.kind)) return [];
    const alert = subjectName(expectation.subject);
    const timing = plan.alerts.find((a) => a.alert === alert)?.timing;
    return [
      {
        name: nameOf(expectation),
        title: titleOf(expectation),
        seconds,
        step: stepSeconds(expectation, timing),
      },
    ];
  });
  const { runId, stackName, speed, wallMs, criticalPathMs } = judgement;
  const whole = {
    'whole run': wallMs / 1_000,
    ...(criticalPathMs > 0 ? { [RATIO]: wallMs / criticalPathMs } : {}),
  };
  const compared = [...means(times), ...times];
  return {
    night: {
      schemaVersion: 1,
      runId,
      stackName,
      speed,
      figures: { ...whole, ...Object.fromEntries(compared.map((t) => [t.name, t.seconds])) },
    },
    steps: Object.fromEntries(compared.map((t) => [t.name, t.step])),
  };
}

/** One measured time of one track. */
interface Timed {
  name: string;
  title: string;
  seconds: number;
  step: number;
}

/**
 * What just misses an evaluation, or a flush of its group, waits for the next: healthy times differ
 * by that much.
 */
function stepSeconds(
  expectation: Expectation,
  timing: Pick<Timing, 'evaluationMs' | 'groupIntervalMs'> | undefined,
): number {
  if (!timing) return 0;
  const isEnd = expectation.kind === 'told' && expectation.status === 'resolved';
  return Math.max(timing.evaluationMs, isEnd ? timing.groupIntervalMs : 0) / 1_000;
}

/**
 * The mean of each expectation's times. Its name tells of how many: with an alert more it is
 * another figure. The mean of n times that differ by chance differs less than each of them, by the
 * square root of n.
 */
function means(times: Timed[]): Timed[] {
  return [...groupBy(times, ({ title }) => title)].flatMap(([title, all]): Timed[] => {
    const seconds = all.reduce((sum, t) => sum + t.seconds, 0) / all.length;
    const step = Math.max(...all.map((t) => t.step)) / Math.sqrt(all.length);
    return all.length < 2
      ? []
      : [{ name: `mean of ${all.length}: ${title}`, title, seconds, step }];
  });
}
