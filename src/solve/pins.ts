import type { Loose, Pin, Timeline } from '../model/recipe.ts';
import { plainNumber } from '../lib/plain-number.ts';
import type { Bench } from './bench.ts';
import { shiftOf, unnoticeable, withNumber } from './thresholds.ts';
import type { Threshold } from './thresholds.ts';
import type { Course } from './timeline.ts';

/** The ways in which a number could be another. */
export const SIDES = ['lower', 'higher'] as const;
export type Side = (typeof SIDES)[number];

/** What a threshold's number is when it is a little lower, or higher. */
export function shifted(threshold: Threshold, side: Side): number {
  return threshold.number.value + (side === 'lower' ? -1 : 1) * shiftOf(threshold);
}

/** Which of the numbers would be noticed in this course if they were a little lower, or higher. */
export function pinsOf(bench: Bench, course: Course, thresholds: readonly Threshold[]): Pin[] {
  const context = bench.context(course.world, 0);
  const times = [...asked(course.timeline, bench.rule.keepFiringMs)];
  const notices = (threshold: Threshold, side: Side): boolean => {
    const other = withNumber(bench.expr, threshold.number, shifted(threshold, side));
    return times.some(
      ([tMs, active]) => bench.instances(context, tMs, other).length > 0 !== active,
    );
  };
  return thresholds.map((threshold) => {
    const { from, value } = threshold.number;
    const pin: Pin = {
      from,
      value,
      lower: notices(threshold, 'lower'),
      higher: notices(threshold, 'higher'),
    };
    const loose = SIDES.filter((side) => !pin[side]).map(
      (side) => [side, looseness(bench, threshold, side)] as const,
    );
    return loose.length === 0 ? pin : { ...pin, loose: Object.fromEntries(loose) };
  });
}

function looseness({ expr, rule, recorded }: Bench, threshold: Threshold, side: Side): Loose {
  const value = shifted(threshold, side);
  const never = unnoticeable(threshold, value, expr, {
    recorded,
    scrapedEveryMs: rule.scrapedEveryMs,
  });
  if (never !== undefined) return { equivalent: true, reason: never };
  const was = threshold.number.value;
  const between = `${plainNumber(Math.min(value, was))} and ${plainNumber(Math.max(value, was))}`;
  return {
    equivalent: false,
    reason:
      `no world was found that tells ${between} apart for ` +
      `\`${rule.text.slice(threshold.other.from, threshold.other.to)}\`, and for the alert with it`,
  };
}

/** What several pairs pin together. */
export function joinedPins(all: readonly (readonly Pin[])[]): Pin[] {
  return (all[0] ?? []).map((pin, i) => {
    const { loose = {}, ...rest } = pin;
    const joined = {
      ...rest,
      lower: all.some((pins) => pins[i]?.lower),
      higher: all.some((pins) => pins[i]?.higher),
    };
    const left = SIDES.filter((side) => !joined[side]).flatMap((side) => {
      const why = loose[side] ?? all.map((pins) => pins[i]?.loose?.[side]).find((l) => l);
      return why ? [[side, why] as const] : [];
    });
    return left.length === 0 ? joined : { ...joined, loose: Object.fromEntries(left) };
  });
}

/** Whether a side of a number needs no pair more: one notices it, or none ever could. */
export function isSettled(pin: Pin, side: Side): boolean {
  return pin[side] || (pin.loose?.[side]?.equivalent ?? false);
}

/** The moments at which it is asked whether the alert is active, and what must be. */
function asked(timeline: Timeline, keepFiringMs: number): Map<number, boolean> {
  const { settledAtMs, overAtMs, activeAtMs, firingAtMs, evaluationMs } = timeline;
  const overMs = timeline.resolvedAtMs - keepFiringMs;
  return new Map([
    [settledAtMs + evaluationMs, false],
    [overAtMs - evaluationMs, false],
    [activeAtMs - evaluationMs, false],
    [activeAtMs, true],
    [firingAtMs, true],
    [overMs - evaluationMs, true],
    [overMs + evaluationMs, false],
  ]);
}
