import type { Bench } from './bench.ts';
import { answersOver, askedOfClock, clockFor, readsOnlyClock } from './clock-stretches.ts';
import type { Clock } from './clock-stretches.ts';
import type { Pairs } from './found-pairs.ts';
import { isSettled, shifted, SIDES } from './pins.ts';
import type { Side } from './pins.ts';
import type { State } from './states.ts';
import { withNumber } from './thresholds.ts';
import type { Threshold } from './thresholds.ts';
import { courseOf, overAtMsOf } from './timeline.ts';

/** Evaluations around what is asked for, in which the clock must answer the same. */
const AROUND = 10;
/** So many moments are tried for a side of a number. */
const MOST_TRIED = 3;
/** It is waited for the next moment at which it fires for so long at most. */
const LONGEST_WAIT_MS = 100 * 3_600_000;

/** And what the clock alone lets fire is over after so long. */
const LONGEST_STAY_MS = 26 * 3_600_000;

/** A world in which an alert fires apart from the clock, and some in which it doesn't. */
export interface ByClock {
  firing: State;
  quiet: readonly State[];
  /** The same bench, so much older. */
  older: (shiftMs: number) => Bench;
}

/** When a course goes over, and how. */
interface Moment {
  overAtMs: number;
  /** What decides: the series at that moment, or the clock, at the beginning or at the end. */
  by: 'series' | 'beginning' | 'end';
  /** How long it may take until the clock lets it fire. */
  waitMs: number;
}

/**
 * Pairs that the clock decides on: for each number that the hour, the day or the month is held
 * against, a world in which the moment before or behind it makes the difference.
 */
export function pairsByClock(bench: Bench, ways: ByClock, pairs: Pairs): void {
  if (bench.leaves.length === 0) fromBeginning(bench, ways, pairs);
  for (const [i, threshold] of pairs.thresholds.entries()) {
    if (!readsOnlyClock(threshold.comparison, bench.recorded)) continue;
    for (const side of SIDES) {
      const isOpen = (): boolean => {
        const pin = pairs.pins[i];
        return !pairs.done && (pin === undefined || !isSettled(pin, side));
      };
      for (const moment of isOpen() ? momentsOf(bench, ways.firing, threshold, side) : []) {
        if (!isOpen()) break;
        tryAt(bench, moment, ways, pairs);
      }
    }
  }
}

/** The pair of what asks the clock alone. */
function fromBeginning(bench: Bench, ways: ByClock, pairs: Pairs): void {
  const { recorded } = bench;
  const asked = askedOfClock(bench.expr, recorded);
  const clock = clockFor(asked, recorded);
  const gives = answersOver(asked, recorded, clock, (tMs) => givesAt(bench, ways.firing, tMs));
  for (const moment of beginnings({ gives, would: gives, clock, bench }).slice(0, MOST_TRIED)) {
    tryAt(bench, moment, ways, pairs);
    if (pairs.found.length > 0) return;
  }
}

function givesAt(bench: Bench, firing: State, tMs: number, expr = bench.expr): boolean {
  const context = bench.context(bench.world([firing], [0]), tMs);
  return bench.instances(context, tMs, expr).length > 0;
}

/** Moments at which another number in a threshold's place would make a difference. */
function momentsOf(bench: Bench, firing: State, threshold: Threshold, side: Side): Moment[] {
  const other = withNumber(bench.expr, threshold.number, shifted(threshold, side));
  const { recorded } = bench;
  const asked = [bench.expr, other].flatMap((expr) => askedOfClock(expr, recorded));
  const clock = clockFor(asked, recorded);
  const answers = answersOver(asked, recorded, clock, (tMs) => ({
    is: givesAt(bench, firing, tMs),
    would: givesAt(bench, firing, tMs, other),
  }));
  const [gives, would] = [answers.map(({ is }) => is), answers.map((a) => a.would)];
  // Whatever has to wait for the clock costs more to look at.
  return [beginnings, endings, during]
    .flatMap((found) => found({ gives, would, clock, bench }).slice(0, MOST_TRIED))
    .sort((a, b) => a.waitMs - b.waitMs);
}

/** What an alert does in each stretch of the clock, and what it would do with another number. */
interface Looked {
  gives: readonly boolean[];
  would: readonly boolean[];
  clock: Clock;
  bench: Bench;
}

/** How many stretches of the clock an alert needs to fire, and what lies around it. */
function stretchesFor(bench: Bench, { stepMs }: Clock): number {
  return Math.ceil((bench.onGrid(bench.rule.forMs) + AROUND * bench.evaluationMs) / stepMs);
}

/** It is quiet, where it wouldn't be, and next fires by itself. */
function beginnings({ gives, would, clock, bench }: Looked): Moment[] {
  const needed = stretchesFor(bench, clock);
  const isOnly = (from: number, to: number, is: boolean): boolean =>
    gives.slice(Math.max(0, from), to).every((one) => one === is);
  return gives.flatMap((is, k): Moment[] => {
    const next = gives.indexOf(true, k);
    const differs = would === gives ? gives[k + 1] === true : would[k] === true;
    const waitMs = (next - k - 1) * clock.stepMs;
    if (is || !differs || next < 0 || waitMs > LONGEST_WAIT_MS) return [];
    if (!isOnly(k - needed, k, false) || !isOnly(next, next + needed, true)) return [];
    return [{ overAtMs: (k + 1) * clock.stepMs, by: 'beginning', waitMs }];
  });
}

/** It fires until the clock ends it, where it would go on. */
function endings({ gives, would, clock, bench }: Looked): Moment[] {
  const needed = stretchesFor(bench, clock);
  const beforeMs = bench.onGrid(bench.rule.forMs) + (AROUND / 2) * bench.evaluationMs;
  return gives.flatMap((is, k): Moment[] => {
    const ends = !is && gives.slice(Math.max(0, k - needed), k).every((one) => one) && k > 0;
    return ends && would[k]
      ? [{ overAtMs: k * clock.stepMs - beforeMs, by: 'end', waitMs: 0 }]
      : [];
  });
}

/** It fires as its series say, where another number would keep it quiet. */
function during({ gives, would, clock, bench }: Looked): Moment[] {
  const needed = stretchesFor(bench, clock);
  return gives.flatMap((is, k): Moment[] =>
    is && !would[k] && gives.slice(k, k + needed).every((one) => one)
      ? [{ overAtMs: k * clock.stepMs, by: 'series', waitMs: 0 }]
      : [],
  );
}

/** A bench whose world goes over at a moment; undefined where that is too early for it. */
function olderBench(bench: Bench, { overAtMs }: Moment, { older }: ByClock): Bench | undefined {
  let found = bench;
  // How often such a world is evaluated hangs on how old it is.
  for (let i = 0; i < 3; i++) {
    const aheadMs = overAtMsOf(found) - found.setup.shiftMs;
    const shiftMs = Math.floor((overAtMs - aheadMs) / found.evaluationMs) * found.evaluationMs;
    if (shiftMs < 0) return undefined;
    found = older(shiftMs);
    const late = overAtMs - overAtMsOf(found);
    if (late >= 0 && late < found.evaluationMs) return found;
  }
  return undefined;
}

/** Keeps what happens at a moment, from the first quiet state that it can be told apart from. */
function tryAt(bench: Bench, moment: Moment, ways: ByClock, pairs: Pairs): void {
  const older = olderBench(bench, moment, ways);
  const isAlone = bench.leaves.length === 0;
  const { firing } = ways;
  for (const quiet of older ? ways.quiet : []) {
    const near = moment.by === 'beginning' ? firing : quiet;
    const calm = moment.by === 'end' || isAlone ? firing : quiet;
    const waitMs = moment.waitMs + (isAlone ? LONGEST_STAY_MS : 0);
    const course = older && courseOf(older, near, firing, calm, waitMs);
    if (older && course && pairs.takeCourse(older, course)) return;
  }
}
