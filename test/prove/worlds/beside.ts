import type { ProofEvidence } from '../../../src/model/proof-evidence.ts';
import type { ProofPlan, ProofTrack } from '../../../src/model/proof-plan.ts';
import type { AlertProof } from '../../../src/model/proof-verdict.ts';
import type { Recipe, Solution } from '../../../src/model/recipe.ts';
import type { VirtualOutcome } from '../../../src/model/virtual-world.ts';
import { besideOthers } from '../../../src/prove/judge/beside.ts';

const SPEED = 10;
const T0 = 1_000_000;
export const alert = { file: 'rules.yml', line: 3, group: 'g', name: 'Warm', index: 0 };
const plan = {
  speed: SPEED,
  slackMs: 2_000,
  lengthMs: 30_000,
  tracks: [
    { alert, labels: { instance: 'own' }, startMs: 0, settledAtMs: 3_000 } as unknown as ProofTrack,
  ],
  notProvoked: [],
} as unknown as ProofPlan;
export const solution: Solution = {
  recipes: [{ alert, labels: { severity: 'page', value: '{{ $value }}' } } as unknown as Recipe],
  unsolved: [],
};
export const proof = { alert, outcome: 'proved', findings: [] } as unknown as AlertProof;

const BESIDE = { alertname: 'Warm', instance: 'other', severity: 'page' };
/** Run seconds, every half of one. */
const seconds = (from: number, until: number): number[] =>
  Array.from({ length: (until - from) * 2 }, (_, i) => (from + i / 2) * 1000);
export const virtual = (from: number, until: number, active = from): VirtualOutcome => ({
  states: [
    {
      labels: { ...BESIDE, value: '7' },
      active: seconds(active, until).map((at) => at * SPEED),
      firing: seconds(from, until).map((at) => at * SPEED),
    },
  ],
});
export const NOTHING: VirtualOutcome = { states: [] };
export const live = (from: number, until: number, instance = 'other'): ProofEvidence =>
  ({
    t0: T0,
    alerts: [
      {
        labels: { ...BESIDE, instance, value: '9', alertstate: 'firing' },
        samples: seconds(from, until).map((at) => [T0 + at, 1]),
      },
    ],
  }) as unknown as ProofEvidence;
export const found = (
  evidence: ProofEvidence,
  outcomes: VirtualOutcome[],
  proofs = [proof],
  solved = solution,
): string[] =>
  besideOthers(plan, solved, evidence, outcomes, proofs).map(({ finding }) => finding.id);
