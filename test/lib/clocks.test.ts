import { describe, expect, it } from 'vitest';
import { ClockStepped, readClocks, steppedBetween } from '../../src/lib/clocks.ts';

const HOUR_MS = 3_600_000;
const before = { wall: 1_900_000_000_000, steady: 500 };

describe('by how much the wall clock was stepped', () => {
  it.each<[string, number, number, number]>([
    ['not, when both go on', 20, 20, 0],
    ['not, when both were held up', 3_000, 3_000, 0],
    ['not, by what a time service corrects', 20 + 200, 20, 0],
    ['an hour forward', HOUR_MS + 20, 20, HOUR_MS],
    ['an hour back', -HOUR_MS + 20, 20, -HOUR_MS],
    ['half a second back, held up', 2_500, 3_000, -500],
  ])('%s', (_, wallMs, steadyMs, stepMs) => {
    const now = { wall: before.wall + wallMs, steady: before.steady + steadyMs };
    expect(steppedBetween(before, now)).toBe(stepMs);
  });
  it('not, while nobody does', () => {
    const first = readClocks();
    expect(steppedBetween(first, readClocks())).toBe(0);
  });
});

it.each([
  [HOUR_MS, '+3600.0 s'],
  [-HOUR_MS, '-3600.0 s'],
])('a step says by how much and when: %i', (stepMs, seconds) => {
  const step = new ClockStepped(Date.UTC(2026, 0, 2, 3, 4, 5, 678), stepMs);
  expect(step.message).toBe(
    `the machine's clock was stepped by ${seconds} at 2026-01-02 03:04:05 UTC`,
  );
  expect(step.advice).toContain('run it again');
});
