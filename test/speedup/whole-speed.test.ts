import { describe, expect, it } from 'vitest';
import { wholeSpeed } from '../../src/speedup/whole-speed.ts';

/** Durations of a stack, seconds; as ms. */
const stack = (...seconds: number[]): number[] => seconds.map((one) => one * 1_000);

/** As it is written into the files of a run. */
const sped = (seconds: number, speed: number): number => Math.round((seconds * 1_000) / speed);

describe('the speed of a run', () => {
  it.each([1, 7, 20, 37, 60, 70, 80, 110, 119, 120, 150])(
    'that is asked to be %d keeps how many evaluations each `for` is',
    (asked) => {
      const speed = wholeSpeed(stack(15, 0, 60, 120, 600, 86_400), asked);
      expect(speed).toBeLessThanOrEqual(asked);
      expect(speed).toBeGreaterThan(0.95 * asked);
      for (const seconds of [60, 120, 600])
        expect(sped(seconds, speed) / sped(15, speed)).toBe(seconds / 15);
    },
  );

  it.each([20, 30, 40, 60, 75, 100, 120, 150])('stays %d where that divides them all', (asked) =>
    expect(wholeSpeed(stack(15, 60, 300), asked)).toBe(asked),
  );

  it('is slower by a little where intervals of 10 s would not divide', () =>
    expect(wholeSpeed(stack(10, 300, 600), 30)).toBe(29.94));

  it('has no more digits than it needs', () =>
    expect(wholeSpeed(stack(15, 60, 600), 110)).toBe(109.49));

  it('is as asked where no speed near it would do', () => {
    expect(wholeSpeed(stack(0.037, 0.041), 110)).toBe(110);
    expect(wholeSpeed(stack(0), 110)).toBe(110);
    expect(wholeSpeed([], 110)).toBe(110);
  });
});
