import { describe, expect, it } from 'vitest';
import type { ProofPlan, ProofTrack } from '../../src/model/proof-plan.ts';
import type { VirtualOutcome } from '../../src/model/virtual-world.ts';
import { learnt, leftOut, NO_COMPANY } from '../../src/prove/plan/company.ts';

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

  it('is to look without others at whom they disturb even then', () => {
    expect(learnt(plan, [world([3, 10])], { alone: new Set([0]) })?.again).toEqual([0]);
    expect(learnt(plan, [world([3, 10])], { alone: new Set([1]) })?.again).toEqual([]);
  });

  it('is to keep those apart whose own rule, or one behind it, cannot be evaluated', () => {
    const error = (rule: string): VirtualOutcome => ({ errors: [{ rule, error: 'many-to-many' }] });
    expect(learnt(plan, [error('lag:max')], NO_COMPANY)?.alone).toEqual(new Set([1]));
    expect(learnt(plan, [error('Hot')], NO_COMPANY)?.alone).toEqual(new Set([0]));
  });
});

describe('an alert that is not itself although it is alone', () => {
  const own = { ...plan, tracks: [track(0, 'Hot')], notProvoked: [] };
  const CAUSE = { kind: 'cannot-fire-here', why: 'nothing records it', source: null } as const;
  const left = (hot: [number, number], cause?: typeof CAUSE) =>
    leftOut(own, [world(hot), world(hot)], 'others come into it', cause);

  it('is proved in virtual time where a world without others lets it be itself', () =>
    expect(left([6, 10])).toMatchObject({
      kind: 'virtual',
      why: 'others come into it',
    }));

  it.each([
    ['is silent in it', [9, 9], "doesn't let it fire"],
    ['fires in it below its limit', [3, 10], 'lets it fire below its limit already'],
    ['never ends in it', [6, 14], "doesn't let it end"],
  ] as [string, [number, number], string][])('is judged by nobody where it %s', (_, hot, why) =>
    expect(left(hot)).toMatchObject({
      kind: 'unjudged',
      why: expect.stringContaining(why) as string,
    }),
  );

  it('is judged by nobody where a rule of that world cannot be evaluated', () => {
    const outcome = { errors: [{ rule: 'lag:max', error: 'many-to-many' }] };
    expect(leftOut(own, [outcome], 'others', CAUSE)).toMatchObject({ kind: 'unjudged' });
  });

  it('can never fire where it is silent for a known cause, and for nothing else', () => {
    expect(left([9, 9], CAUSE)).toBe(CAUSE);
    expect(left([3, 10], CAUSE)).toMatchObject({ kind: 'unjudged' });
    expect(left([6, 10], CAUSE)).toMatchObject({ kind: 'virtual' });
  });
});
