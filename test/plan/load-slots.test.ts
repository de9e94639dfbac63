import { describe, expect, it } from 'vitest';
import { slotsOf } from '../../src/plan/load-slots.ts';
import type { Change } from '../../src/plan/load-slots.ts';

const change = (fromMs: number, lastsMs = 100): Change => ({ fromMs, toMs: fromMs + lastsMs });

describe('slots of the load', () => {
  it('are cut where each change begins, and where it has settled', () => {
    const changes = [change(0), change(1_000)];
    expect(slotsOf({ changes, steadyMs: 5_000, lengthMs: 2_000 })).toEqual([
      100, 1_000, 1_100, 2_000,
    ]);
  });
  it('divide what is steady into equal parts, none shorter than asked for', () => {
    expect(slotsOf({ changes: [change(0)], steadyMs: 400, lengthMs: 1_100 })).toEqual([
      100, 600, 1_100,
    ]);
  });
  it('have one stretch for changes that come before the last has settled, in any order', () => {
    const changes = [change(350), change(300), change(320, 500)];
    expect(slotsOf({ changes, steadyMs: 9_000, lengthMs: 1_000 })).toEqual([300, 820, 1_000]);
  });
  it('end where the load does: what would change or settle after it is nothing', () => {
    const changes = [change(950), change(1_000), change(4_000)];
    expect(slotsOf({ changes, steadyMs: 9_000, lengthMs: 1_000 })).toEqual([950, 1_000]);
  });
  it('begin at T0, also where a change began before it', () => {
    expect(slotsOf({ changes: [change(-50)], steadyMs: 9_000, lengthMs: 200 })).toEqual([50, 200]);
  });
  it('are one where nothing changes', () => {
    expect(slotsOf({ changes: [], steadyMs: 900, lengthMs: 1_000 })).toEqual([1_000]);
  });
});
