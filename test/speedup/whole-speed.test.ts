import { describe, expect, it } from 'vitest';
import type { CountedBy } from '../../src/speedup/whole-speed.ts';
import { wholeSpeed } from '../../src/speedup/whole-speed.ts';

/** A group: its interval, and for how long its alerts are held, seconds. */
const group = (interval: number, ...held: number[]): CountedBy => ({
  intervalMs: interval * 1_000,
  heldMs: held.map((seconds) => seconds * 1_000),
});
/** As it is written into the files of a run. */
const sped = (seconds: number, speed: number): number => Math.round((seconds * 1_000) / speed);

describe('the speed of a run', () => {
  it.each([1, 7, 20, 37, 60, 70, 80, 110, 119, 120, 150])(
    'that is asked to be %d keeps after how many evaluations each alert fires',
    (asked) => {
      const groups = [group(15, 0, 60, 100, 600, 86_400), group(10, 300), group(60, 3_600)];
      const speed = wholeSpeed(groups, asked);
      expect(speed).toBeLessThanOrEqual(asked);
      expect(speed).toBeGreaterThan(0.9 * asked);
      for (const { intervalMs, heldMs } of groups)
        for (const ms of heldMs)
          expect(Math.ceil(sped(ms / 1_000, speed) / sped(intervalMs / 1_000, speed))).toBe(
            Math.ceil(ms / intervalMs),
          );
    },
  );

  it.each([20, 30, 40, 60, 75, 80, 100, 120, 150])('stays %d where that keeps it', (asked) =>
    expect(wholeSpeed([group(15, 60, 100, 300)], asked)).toBe(asked),
  );

  it('is slower by a little where intervals would be rounded down', () =>
    expect(wholeSpeed([group(10, 300, 600)], 30)).toBe(29.94));

  it('and where so many of them are rounded up that the last comes late', () => {
    expect(wholeSpeed([group(15, 600)], 80)).toBe(80);
    expect(wholeSpeed([group(15, 86_400)], 80)).toBeLessThan(80);
  });

  it('has no more digits than it needs', () =>
    expect(wholeSpeed([group(15, 60, 600)], 110)).toBe(109));

  it('is as asked where no speed near it would do, or nothing counts', () => {
    expect(wholeSpeed([group(0.037, 0.041 * 9)], 110)).toBe(110);
    expect(wholeSpeed([group(10)], 30)).toBe(30);
    expect(wholeSpeed([], 110)).toBe(110);
  });
});
