import { expect, it } from 'vitest';
import { cpuShare, sizeOf } from '../../../src/capacity/k6-operator/size.ts';

it('takes as many parts as keep each below its limit', () => {
  const size = sizeOf(20_000, 0.5, 1);
  const { share, most } = cpuShare(20_000, size);
  expect(share).toBeLessThanOrEqual(most);
  expect(cpuShare(20_000, sizeOf(20_000, 0.5, 1, size.parts - 1)).share).toBeGreaterThan(most);
});

it('has virtual users for the slowest answers that are reckoned with, in equal numbers', () => {
  for (const parts of [1, 3, 7]) {
    const { virtualUsers } = sizeOf(1_000, 0.25, 1, parts);
    expect(virtualUsers % parts).toBe(0);
    expect(virtualUsers).toBeGreaterThanOrEqual(250);
  }
});
