import type { AlertProof, ProofFinding, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Unsolved } from '../../model/recipe.ts';
import type { Outcome } from '../../model/verdict.ts';
import { count } from '../text.ts';

/** A way in which an alert was proved, or why it wasn't, in few words. */
export const WAYS: Record<AlertProof['outcome'], string> = {
  proved: 'live, from scrape to receiver',
  virtual: 'in virtual time',
  failed: 'failed',
  inconclusive: 'not judged',
};

export const UNSOLVED: Record<Unsolved['kind'], string> = {
  unsatisfiable: 'can never fire',
  'not-understood': 'not understood',
  'needs-word': 'needs a word from you',
};

/** The outcome of an alert as every report marks it. */
export function outcomeOf(proof: AlertProof): Outcome {
  if (proof.outcome === 'failed') return 'fail';
  return proof.outcome === 'inconclusive' ? 'inconclusive' : 'pass';
}

/** What can never fire is a fault of the rule; what isn't understood, one of the harness. */
export function outcomeOfUnsolved({ kind }: Unsolved): Outcome {
  return kind === 'unsatisfiable' ? 'fail' : 'inconclusive';
}

/** The verdict in one line: title of the page, head of the summary. */
export function proofVerdict(judgement: ProofJudgement): string {
  const of = (outcome: AlertProof['outcome']): number =>
    judgement.proofs.filter((proof) => proof.outcome === outcome).length;
  const never = judgement.unsolved.filter(({ kind }) => kind === 'unsatisfiable').length;
  const word = { pass: 'Passed', fail: 'Failed', inconclusive: 'Inconclusive' }[judgement.outcome];
  const parts: [number, string][] = [
    [of('failed'), 'failed'],
    [never, 'can never fire'],
    [of('inconclusive'), 'not judged'],
    [judgement.unsolved.length - never, 'not understood'],
    [of('virtual'), 'in virtual time'],
  ];
  const rest = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return `${word}: ${[`${of('proved')} of ${count(judgement.alerts, 'alert')} proved live`, ...rest].join(', ')}`;
}

/** Of a proof that was no pass for that alone, whatever had been proved before. */
export function interruptedText(interruption: string): string {
  return `The run ended early: ${interruption}`;
}

/** What a proof was held against beside the rules themselves. */
export function contractWords({ promised, alerts }: ProofJudgement): string {
  return promised === null
    ? 'without a contract'
    : `with a contract that speaks of ${promised} of ${count(alerts, 'alert')}`;
}

/** A finding with the alert that it is about; null: the stack as a whole. */
export interface OwnedFinding {
  alert: string | null;
  finding: ProofFinding;
}

/** Every finding of a proof: those about alerts in their order, then those about the stack. */
export function findingsOf({ proofs, findings }: ProofJudgement): OwnedFinding[] {
  return [
    ...proofs.flatMap((proof) =>
      proof.findings.map((finding) => ({ alert: proof.alert.name, finding })),
    ),
    ...findings.map((finding) => ({ alert: null, finding })),
  ];
}

/** Alerts that couldn't be judged, by the reason that they share. */
export function doubtsOf({ proofs }: ProofJudgement): { why: string; names: string[] }[] {
  const byWhy = new Map<string, string[]>();
  for (const { outcome, why, alert } of proofs)
    if (outcome === 'inconclusive') byWhy.set(why, [...(byWhy.get(why) ?? []), alert.name]);
  return [...byWhy].map(([why, names]) => ({ why, names }));
}

/** What a finding is called where it stands alone. */
export function titleOf({ alert, finding }: OwnedFinding): string {
  return alert === null ? finding.id : `${alert}: ${finding.id}`;
}
