import { describe, expect, it } from 'vitest';
import { slotsOf, slotsOfService } from '../../src/plan/load-slots.ts';
import type { Change } from '../../src/plan/load-slots.ts';
import { undividedAt } from '../../src/plan/undivided.ts';

const change = (fromMs: number, lastsMs = 100): Change => ({ fromMs, toMs: fromMs + lastsMs });
/** Ends of the slots, those of changes as negative numbers. */
const ends = (changes: Change[], steadyMs: number, lengthMs: number): number[] =>
  slotsOf(changes, steadyMs, lengthMs).map(({ untilMs, isSteady }) =>
    isSteady ? untilMs : -untilMs,
  );

describe('slots of the load', () => {
  it('are cut where each change begins, and where it has settled', () => {
    expect(ends([change(0), change(1_000)], 5_000, 2_000)).toEqual([-100, 1_000, -1_100, 2_000]);
  });
  it('divide what is steady into equal parts, none shorter than asked for', () => {
    expect(ends([change(0)], 400, 1_100)).toEqual([-100, 600, 1_100]);
  });
  it('have one stretch for changes that come before the last has settled, in any order', () => {
    const changes = [change(350), change(300), change(320, 500)];
    expect(ends(changes, 9_000, 1_000)).toEqual([300, -820, 1_000]);
  });
  it('end where the load does: what would change or settle after it is nothing', () => {
    const changes = [change(950), change(1_000), change(4_000)];
    expect(ends(changes, 9_000, 1_000)).toEqual([950, -1_000]);
  });
  it('begin at T0, also where a change began before it', () => {
    expect(ends([change(-50)], 9_000, 200)).toEqual([-50, 200]);
  });
  it('are one where nothing changes', () => {
    expect(ends([], 900, 1_000)).toEqual([1_000]);
  });
});

it('a service’s load changes at T0, at steps of its signals, where it is probed and when it stops', () => {
  const step = (atMs: number): { atMs: number; level: number; step: string } => ({
    atMs,
    level: 1,
    step: 'x/near',
  });
  const changes = {
    signals: {
      'load.errors.backend': [step(10_000)],
      'load.slow.ai': [step(15_000)],
      'component.backend': [step(20_000)],
    },
    probes: { backend: { startMs: 30_000, perSecond: 1 } },
    panelWindowMs: 1_000,
    lengthMs: 40_000,
  };
  const { settledMs, serviceStartMs, ...others } = undividedAt(1);
  const undivided = { ...others, settledMs, serviceStartMs, lookMs: 60_000 };
  expect(
    slotsOfService('backend', 'backend', changes, undivided)
      .filter(({ isSteady }) => !isSteady)
      .map(({ untilMs }) => untilMs),
  ).toEqual([
    settledMs,
    10_000 + settledMs,
    20_000 + settledMs + serviceStartMs,
    30_000 + settledMs,
  ]);
});
