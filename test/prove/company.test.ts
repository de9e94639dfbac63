import { describe, expect, it } from 'vitest';
import type { ProofPlan, ProofTrack } from '../../src/model/proof-plan.ts';
import type { VirtualOutcome } from '../../src/model/virtual-world.ts';
import { learnt, NO_COMPANY } from '../../src/prove/plan/company.ts';

const SPEED = 10;
const track = (index: number, name: string): ProofTrack =>
  ({
    id: String(index),
    alert: { file: 'rules.yml', line: index, group: 'g', name, index },
    way: 'live',
    labels: { instance: name },
    settledAtMs: 1_000,
    overAtMs: 5_000,
    calmAtMs: 9_000,
    endMs: 15_000,
    resolvedWithinMs: 2_000,
    behind: name === 'Lag' ? ['lag:max'] : [],
    always: false,
  }) as unknown as ProofTrack;
const plan = { speed: SPEED, tracks: [track(0, 'Hot'), track(1, 'Lag')] } as unknown as ProofPlan;
/** Active and firing in these stretches of the run, every half second. */
const states = (name: string, from: number, until: number) => {
  const times = Array.from({ length: (until - from) * 2 }, (_, i) => (from + i / 2) * 1000 * SPEED);
  return { labels: { alertname: name, instance: name }, active: times, firing: times };
};
const world = (hot: [number, number]): VirtualOutcome => ({
  states: [states('Hot', ...hot), states('Lag', 6, 10)],
});

describe('what virtual time teaches about a plan', () => {
  it('is nothing, where every alert is what it is by itself', () =>
    expect(learnt(plan, [world([6, 10])], NO_COMPANY)).toBeUndefined());

  it.each([
    ['active near its limit', [3, 10]],
    ['never firing over it', [9, 10]],
    ['active when all is calm', [6, 14]],
  ] as [string, [number, number]][])('is to keep an alert alone that is %s', (_, hot) =>
    expect(learnt(plan, [world([6, 10]), world(hot)], NO_COMPANY)?.alone).toEqual(new Set([0])),
  );

  it('is to leave out of the run whom others disturb even then', () => {
    const before = { alone: new Set([0]), never: new Map() };
    const next = learnt(plan, [world([3, 10])], before);
    expect([...(next?.never.keys() ?? [])]).toEqual([0]);
  });

  it('is to keep those apart whose own rule, or one behind it, cannot be evaluated', () => {
    const error = (rule: string): VirtualOutcome => ({ errors: [{ rule, error: 'many-to-many' }] });
    expect(learnt(plan, [error('lag:max')], NO_COMPANY)?.alone).toEqual(new Set([1]));
    expect(learnt(plan, [error('Hot')], NO_COMPANY)?.alone).toEqual(new Set([0]));
  });
});
