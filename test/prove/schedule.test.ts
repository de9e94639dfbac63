import { describe, expect, it } from 'vitest';
import { conflict } from '../../src/prove/plan/conflicts.ts';
import type { Footprint } from '../../src/prove/plan/conflicts.ts';
import { schedule } from '../../src/prove/plan/schedule.ts';

const print = (over: Partial<Footprint>): Footprint => ({
  readings: [{ name: 'cpu', matchers: [] }],
  series: [{ metric: 'cpu', labels: { instance: 'a' } }],
  downs: [],
  targets: [],
  result: { instance: 'a' },
  name: 'A',
  alert: { labels: { alertname: 'A', instance: 'a' }, isOpen: () => false },
  ...over,
});
/** Another rule's, on the same series. */
const another = (over: Partial<Footprint>): Footprint => print({ name: 'B', ...over });
/** An alert as Alertmanager gets it, a template's label open. */
const alertOf = (labels: Record<string, string>, open?: string): Footprint['alert'] => ({
  labels,
  isOpen: (label) => label === open,
});

describe('alerts that touch', () => {
  it('are those that share a series', () => {
    expect(conflict(print({}), another({}), [])).toBe(true);
  });
  it('are none where another label value makes another result', () => {
    const b = another({
      series: [{ metric: 'cpu', labels: { instance: 'b' } }],
      result: { instance: 'b' },
    });
    expect(conflict(print({}), b, [])).toBe(false);
  });
  it('are those where one adds everything up', () => {
    const b = another({ series: [{ metric: 'cpu', labels: { instance: 'b' } }], result: {} });
    expect(conflict(print({}), b, [])).toBe(true);
  });
  it('are those of which one takes the target of the other down', () => {
    const target = 'api:80';
    const quiet = { readings: [], series: [] };
    expect(
      conflict(print({ ...quiet, downs: [target] }), another({ ...quiet, targets: [target] }), []),
    ).toBe(true);
  });
});

describe('alerts of one name', () => {
  const quiet = { readings: [], series: [] };
  const touch = (a: Footprint['alert'], b: Footprint['alert'], name = 'A'): boolean =>
    conflict(print({ ...quiet, alert: a }), print({ ...quiet, name, alert: b }), []);
  it('touch where nobody could tell by their labels whose is seen', () => {
    expect(touch(alertOf({ severity: 'page' }), alertOf({ severity: 'page' }))).toBe(true);
    expect(touch(alertOf({ severity: 'page' }), alertOf({}, 'severity'))).toBe(true);
  });
  it('are told apart by one label', () => {
    expect(touch(alertOf({ severity: 'page' }), alertOf({ severity: 'info' }))).toBe(false);
    expect(touch(alertOf({ severity: 'page' }), alertOf({}))).toBe(false);
    const team = { team: 'a' };
    expect(touch(alertOf({ ...team, job: 'x' }, 'pod'), alertOf(team, 'pod'))).toBe(false);
    expect(touch(alertOf(team), alertOf(team), 'B')).toBe(false);
  });
});

describe('schedule', () => {
  const job = (lengthMs: number, ...conflicts: number[]) => ({
    lengthMs,
    conflicts: new Set(conflicts),
  });
  it('runs side by side what does not touch, and the rest in the first gap that is long enough', () => {
    expect(schedule([job(10, 1), job(4, 0), job(7)], 100)).toEqual([0, 10, 0]);
    expect(schedule([job(10, 2), job(5, 2), job(3, 0, 1)], 100)).toEqual([0, 0, 10]);
  });
  it('gives what must be alone the room that the others leave', () => {
    const jobs = [{ ...job(10, 1, 2), alone: true }, job(4, 0), job(5, 0)];
    expect(schedule(jobs, 12)).toEqual([undefined, 0, 0]);
    expect(schedule(jobs, 15)).toEqual([5, 0, 0]);
  });
  it('leaves out what would end too late', () => {
    expect(schedule([job(10, 1), job(4, 0)], 12)).toEqual([0, undefined]);
  });
});
