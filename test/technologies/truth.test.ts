import { describe, expect, it } from 'vitest';
import { Truth } from '../../src/technologies/truth.ts';

describe('what somebody outside writes down', () => {
  it('puts a level down each time it is another one', () => {
    const truth = new Truth('m', {}, 'level', 'a test');
    truth.changed(0, 5, 1);
    truth.changed(10, 12, 1);
    truth.changed(20, 22, 2);
    expect(truth.series.points).toEqual([
      [0, 5, 1],
      [20, 22, 2],
    ]);
  });

  it('puts down each growth of a run of minutes, and coarsely what grows for longer', () => {
    const truth = new Truth('m', {}, 'growing', 'a test');
    const grow = (from: number, times: number): void => {
      for (let i = 0; i < times; i++) truth.changed(from + i * 20, from + i * 20 + 1, from + i);
    };
    grow(1, 5_000);
    expect(truth.series.points.length).toBe(5_000);
    grow(200_000, 500);
    expect(truth.series.points.length).toBeLessThan(5_150);
    expect(truth.series.points.at(-1)?.[2]).toBe(200_499);
  });

  it('keeps the times in their order, whoever was late', () => {
    const truth = new Truth('m', {}, 'level', 'a test');
    truth.changed(0, 50, 1);
    truth.changed(10, 40, 2);
    expect(truth.series.points).toEqual([
      [0, 50, 1],
      [10, 50, 2],
    ]);
  });
});
