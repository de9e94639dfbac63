import type { AlertProof, ProofJudgement } from '../../../src/model/proof-verdict.ts';
import type { AlertPromise } from '../../../src/model/promise.ts';
import { heldAgainst } from '../../../src/prove/judge/promises.ts';
import { readStack } from '../../../src/stack/index.ts';

export const { rules } = readStack([
  {
    path: 'rules.yml',
    text: `groups:
  - name: g
    rules:
      - { alert: Slow, expr: x > 1, for: 5m, labels: { severity: warning } }
      - { alert: Slow, expr: x > 9, for: 1m, labels: { severity: critical } }
      - { alert: Other, expr: y > 1 }
`,
  },
]);
const proof = (index: number): AlertProof => ({
  alert: { file: 'rules.yml', line: 4 + index, group: 'g', name: rules[index]!.name, index },
  outcome: 'proved',
  why: '',
  firedAfterMs: 1,
  toldAfterMs: 1,
  receivers: ['team'],
  message: 'Slow on a:80',
  life: null,
  findings: [],
});
export const judgement = {
  outcome: 'pass',
  exitCode: 0,
  proofs: rules.map((_, i) => proof(i)),
  unsolved: [],
  findings: [],
  notes: [],
} as unknown as ProofJudgement;
export const held = (over: Partial<AlertPromise>): ProofJudgement => {
  const source = { file: 'contract.yaml', line: 3, column: 3 };
  const slow = { name: 'Slow', says: [], source, ...over };
  const other = { name: 'Other', says: [], source };
  return heldAgainst(
    { file: 'contract.yaml', alerts: [slow, other], technologies: [], others: ['metrics'] },
    rules,
    judgement,
  );
};
export const found = (over: Partial<AlertPromise>): string[] =>
  held(over).proofs.flatMap(({ alert, findings }) =>
    findings.map(({ id, seen }) => `${alert.index} ${id}: ${seen}`),
  );
/** As the second alert is. */
export const KEPT = { severity: 'critical', forMs: 60_000, receivers: ['team'], says: ['a:\\d+'] };
