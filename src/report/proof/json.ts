import type { AlertProof, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Unsolved } from '../../model/recipe.ts';

const SCHEMA = 1;

/** One object for scripts: how many alerts ended how, and each with what was seen of it. */
export function proofJson(judgement: ProofJudgement): string {
  const { proofs, unsolved, stackName, exitCode, speed, wallMs, findings, notes, versions } =
    judgement;
  const proved = (outcome: AlertProof['outcome']): number =>
    proofs.filter((proof) => proof.outcome === outcome).length;
  const open = (kind: Unsolved['kind']): number =>
    unsolved.filter((one) => one.kind === kind).length;
  return JSON.stringify(
    {
      schema: SCHEMA,
      stack: stackName,
      outcome: judgement.outcome,
      exitCode,
      alerts: judgement.alerts,
      solved: judgement.solved,
      promised: judgement.promised,
      unsatisfiable: open('unsatisfiable'),
      notUnderstood: open('not-understood'),
      needsWord: open('needs-word'),
      proved: proved('proved'),
      virtualOnly: proved('virtual'),
      failed: proved('failed'),
      inconclusive: proved('inconclusive'),
      speed,
      wallMs,
      details: [...proofs.map(proofDetail), ...unsolved.map(unsolvedDetail)].sort(
        (a, b) => a.index - b.index,
      ),
      findings,
      notes,
      interruption: judgement.interruption,
      versions,
    },
    undefined,
    2,
  );
}

const RESULTS = {
  proved: 'proved',
  virtual: 'virtualOnly',
  failed: 'failed',
  inconclusive: 'inconclusive',
} as const;

function proofDetail({ alert, outcome, ...seen }: AlertProof) {
  return { ...alert, result: RESULTS[outcome], ...seen };
}

function unsolvedDetail({ alert, kind, ...why }: Unsolved) {
  const result = {
    unsatisfiable: 'unsatisfiable',
    'not-understood': 'notUnderstood',
    'needs-word': 'needsWord',
  }[kind];
  return { ...alert, result, ...why };
}
