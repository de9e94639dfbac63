import { describe, expect, it } from 'vitest';
import {
  asked,
  eventsBy,
  firstIteration,
  lateness,
  nextStepMs,
  stepAt,
  stepOf,
  timeOfEvent,
  undiluted,
  wishOf,
} from '../../scenarios/lib/schedule.ts';
import type { Wish } from '../../scenarios/lib/schedule.ts';

const steps = [
  { atMs: 0, level: 0.045, step: 'a' },
  { atMs: 10_000, level: 0.145, step: 'b' },
  { atMs: 12_000, level: 0, step: 'c' },
  { atMs: 15_000, level: 0.055, step: 'd' },
];
const at = (
  offsetMs: number,
  ratePerSecond = 100,
): { offsetMs: number; ratePerSecond: number } => ({ offsetMs, ratePerSecond });
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);

describe('the step in force', () => {
  it('is found by time; before the first step it is the first', () => {
    expect([-5, 0, 9_999, 10_000, 14_000, 99_000].map((ms) => stepAt(steps, ms)?.step)).toEqual([
      'a',
      'a',
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(stepAt([{ atMs: 500, level: 1, step: 'late' }], 0)?.step).toBe('late');
    expect(stepAt([], 5)).toBeUndefined();
    expect([0, 10_000, 15_000].map((ms) => nextStepMs(steps, ms))).toEqual([
      10_000,
      12_000,
      Infinity,
    ]);
  });

  it.each([0, 7.3, 250, 3])('by iteration never comes before its time (offset %d ms)', (offset) => {
    for (const i of range(0, 2_000))
      expect(stepOf(steps, i, at(offset))?.step).toBe(stepAt(steps, offset + i * 10 + 1e-4)?.step);
    expect(firstIteration(10_000, at(offset))).toBe(Math.ceil((10_000 - offset) / 10));
  });
});

it('a plan is moved only when the machine stood still, and by coarse steps', () => {
  expect(
    [0, 5, 249, 250, 1_545, -3].map((late) => lateness(100, 100, 10_000, 11_000 + late)),
  ).toEqual([0, 0, 0, 250, 1_500, 0]);
});

it('a share of all requests is asked of those that can be asked, whatever comes beside them', () => {
  const slow = [
    { atMs: 0, level: 0.06, step: 'over' },
    { atMs: 1_000, level: 1, step: 'surge' },
  ];
  // 20 and 5 requests a second: 1.5 of 25 are 6 %, though they are 7.5 % of the 20.
  expect(undiluted(slow, 20, 5).map((step) => step.level)).toEqual([expect.closeTo(0.075), 1]);
  expect(undiluted(slow, 100, 0)).toEqual(slow);
});

describe('requests', () => {
  const wishes = (
    from: number,
    to: number,
    errors = steps,
    slow: typeof steps = [],
    offset = 0,
  ): Wish[] => range(from, to).map((i) => wishOf(i, errors, slow, 0.1, at(offset)));
  const count = (list: Wish[], wish: Wish): number => list.filter((w) => w === wish).length;

  it('sums the share up in closed form', () => {
    for (const i of [0, 1, 999, 1_000, 1_001, 1_300, 1_800])
      expect(asked(steps, i, at(7.3))).toBeCloseTo(
        range(0, i).reduce((sum, n) => sum + (stepOf(steps, n, at(7.3))?.level ?? 0), 0),
      );
  });

  it.each([0, 7.3, 250])(
    'fail in exactly the share asked for, evenly spread (offset %d ms)',
    (offset) => {
      for (const i of [1, 22, 23, 999, 1_234, 2_500])
        expect(count(wishes(0, i, steps, [], offset), 'error')).toBe(
          Math.floor(asked(steps, i, at(offset)) + 1e-6),
        );
      const quiet = firstIteration(12_000, at(offset));
      expect(count(wishes(quiet, quiet + 300, steps, [], offset), 'error')).toBe(0);
      // Every window of five seconds of the last step holds 27 or 28 of 500: five and a half per
      // cent.
      for (let from = 1_500; from < 2_500; from += 37)
        expect([27, 28]).toContain(count(wishes(from, from + 500, steps, [], offset), 'error'));
    },
  );

  it('all fail at a share of one, from the first one of the step on', () => {
    const all = [
      { atMs: 0, level: 0, step: 'a' },
      { atMs: 1_005, level: 1, step: 'b' },
    ];
    expect(wishes(99, 104, all)).toEqual(['nothing', 'nothing', 'error', 'error', 'error']);
  });

  it('are slow in exactly the share, even where errors come between, and the rest has a constant tail', () => {
    const slow = [{ atMs: 0, level: 0.06, step: 's' }];
    const list = wishes(0, 1_001, [{ atMs: 0, level: 0.5, step: 'e' }], slow);
    expect([count(list, 'error'), count(list, 'slow')]).toEqual([500, 60]);
    expect(count(list, 'tail')).toBeGreaterThanOrEqual(42);
    expect(count(list, 'tail')).toBeLessThanOrEqual(45);
    const alone = wishes(0, 1_000, [], slow);
    expect([count(alone, 'slow'), count(alone, 'tail'), count(alone, 'nothing')]).toEqual([
      60, 94, 846,
    ]);
  });

  it('have no slow tail where nothing asks for slowness', () => {
    expect(new Set(wishes(0, 300, []))).toEqual(new Set(['nothing']));
  });
});

describe('events', () => {
  it('come speed times faster, to the last one', () => {
    expect([10_000, 12_000, 15_000, 20_000].map((ms) => eventsBy(steps, ms, 60))).toEqual([
      27, 44, 44, 60,
    ]);
  });

  it('are due when the rate has asked for them', () => {
    for (const n of range(1, 60)) {
      const due = timeOfEvent(steps, n, 60);
      expect(eventsBy(steps, due, 60)).toBe(n);
      expect(eventsBy(steps, due - 1, 60)).toBe(n - 1);
    }
    expect(timeOfEvent(steps.slice(0, 3), 45, 60)).toBe(Infinity);
    expect(timeOfEvent([], 1, 60)).toBe(Infinity);
  });
});
