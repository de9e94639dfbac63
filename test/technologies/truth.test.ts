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

  it('puts down coarsely what grows', () => {
    const truth = new Truth('m', {}, 'growing', 'a test');
    for (let at = 0; at < 1_000; at += 20) truth.changed(at, at + 1, at);
    expect(truth.series.points.length).toBeLessThan(15);
    expect(truth.series.points.at(-1)?.[2]).toBe(980);
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
