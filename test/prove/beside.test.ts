import { describe, expect, it } from 'vitest';
import type { ProofEvidence, ProofPlan, ProofTrack } from '../../src/model/proof.ts';
import type { AlertProof } from '../../src/model/proof-verdict.ts';
import type { Recipe, Solution } from '../../src/model/recipe.ts';
import type { VirtualOutcome } from '../../src/model/virtual-world.ts';
import { besideOthers } from '../../src/prove/judge/beside.ts';

const SPEED = 10;
const T0 = 1_000_000;
const alert = { file: 'rules.yml', line: 3, group: 'g', name: 'Warm', index: 0 };
const plan = {
  speed: SPEED,
  slackMs: 2_000,
  lengthMs: 30_000,
  tracks: [{ alert, labels: { instance: 'own' } } as unknown as ProofTrack],
  notProvoked: [],
} as unknown as ProofPlan;
const solution: Solution = {
  recipes: [{ alert, labels: { severity: 'page', value: '{{ $value }}' } } as unknown as Recipe],
  unsolved: [],
};
const proof = { alert, outcome: 'proved', findings: [] } as unknown as AlertProof;

const BESIDE = { alertname: 'Warm', instance: 'other', severity: 'page' };
/** Run seconds, every half of one. */
const seconds = (from: number, until: number): number[] =>
  Array.from({ length: (until - from) * 2 }, (_, i) => (from + i / 2) * 1000);
const virtual = (from: number, until: number, active = from): VirtualOutcome => ({
  states: [
    {
      labels: { ...BESIDE, value: '7' },
      active: seconds(active, until).map((at) => at * SPEED),
      firing: seconds(from, until).map((at) => at * SPEED),
    },
  ],
});
const NOTHING: VirtualOutcome = { states: [] };
const live = (from: number, until: number): ProofEvidence =>
  ({
    t0: T0,
    alerts: [
      {
        labels: { ...BESIDE, value: '9', alertstate: 'firing' },
        samples: seconds(from, until).map((at) => [T0 + at, 1]),
      },
    ],
  }) as unknown as ProofEvidence;
const found = (
  evidence: ProofEvidence,
  outcomes: VirtualOutcome[],
  proofs = [proof],
  solved = solution,
): string[] =>
  besideOthers(plan, solved, evidence, outcomes, proofs).map(({ finding }) => finding.id);

describe('alerts beside those that a run is about', () => {
  it('may fire when virtual time says so, whatever their templates fill in', () => {
    expect(found(live(11, 20), [virtual(10, 19), virtual(10.5, 19.5)])).toEqual([]);
  });

  it('may not fire otherwise', () => {
    expect(found(live(11, 20), [NOTHING, NOTHING])).toEqual(['fired-unforeseen']);
    expect(found(live(20, 25), [virtual(5, 10)])).toEqual([
      'fired-unforeseen',
      'silent-beside-others',
    ]);
  });

  it('have to fire where every virtual world lets them, for as long as can be seen', () => {
    expect(found(live(0, 0), [virtual(10, 19), virtual(10.5, 19.5)])).toEqual([
      'silent-beside-others',
    ]);
    expect(found(live(0, 0), [virtual(10, 19), NOTHING])).toEqual([]);
    expect(found(live(0, 0), [virtual(10, 12)])).toEqual([]);
  });

  it('may be further in their life where they began it before the run', () => {
    expect(found(live(1, 20), [virtual(12, 20, 0)])).toEqual([]);
  });

  it('are not judged where the alert itself failed, or another of its name is not understood', () => {
    const failed = { ...proof, outcome: 'failed' } as AlertProof;
    expect(found(live(11, 20), [NOTHING], [failed])).toEqual([]);
    const open = [{ alert, kind: 'not-understood', reason: '', construct: '' }] as const;
    expect(found(live(11, 20), [NOTHING], [proof], { ...solution, unsolved: [...open] })).toEqual(
      [],
    );
  });

  it('are not judged where virtual time could not evaluate the world', () => {
    expect(found(live(11, 20), [{ errors: [{ rule: 'Warm', error: 'x' }] }])).toEqual([]);
  });
});
