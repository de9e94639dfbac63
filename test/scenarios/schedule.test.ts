import { describe, expect, it } from 'vitest';
import { chosen, eventsInTick, integral, stepAt } from '../../scenarios/lib/schedule.ts';

const steps = [{ atMs: 0, level: 0.045, step: 'a' }, { atMs: 10_000, level: 0.145, step: 'b' }, { atMs: 12_000, level: 0, step: 'c' }, { atMs: 15_000, level: 0.055, step: 'd' }];

describe('the load is a pure function of the planned time', () => {
  it('finds the step in force', () => {
    expect([-5, 0, 9_999, 10_000, 14_000, 99_000].map((ms) => stepAt(steps, ms)?.step)).toEqual(['a', 'a', 'a', 'b', 'c', 'd']);
    expect(stepAt([], 5)).toBeUndefined();
  });

  it('integrates step functions', () => {
    expect(integral(steps, 10_000)).toBeCloseTo(0.45);
    expect(integral(steps, 15_000)).toBeCloseTo(0.45 + 0.29);
    expect(integral(steps, 20_000)).toBeCloseTo(0.74 + 0.275);
  });

  it.each([0, 7.3, 250])('chooses exactly the share, evenly spread (offset %d ms)', (offset) => {
    const rate = 100;
    const within = (from: number, to: number): number => Array.from({ length: to - from }, (_, k) => from + k).filter((i) => chosen(steps, i, rate, offset)).length;
    expect(within(0, 900)).toBeGreaterThanOrEqual(40);
    expect(within(0, 900)).toBeLessThanOrEqual(41);
    expect(within(1_230, 1_470)).toBe(0);
    // Every window of five seconds of the last step holds 27 or 28 of 500: five and a half per cent.
    for (let from = 1_500; from < 2_500; from += 37) expect([27, 28]).toContain(within(from, from + 500));
  });

  it('sends model rates speed times faster, to the last event', () => {
    const total = Array.from({ length: 50 * 20 }, (_, i) => eventsInTick(steps, i, 50, 0, 60)).reduce((a, b) => a + b, 0);
    expect(total).toBe(Math.floor(integral(steps, 20_000) * 60));
  });
});
