import { formatDuration } from '../../lib/duration.ts';
import type { AlertProof, ProofFinding, ProofJudgement } from '../../model/proof-verdict.ts';
import type { AlertPromise, PartialContract } from '../../model/promise.ts';
import { isSameExpression } from '../../promql/same.ts';
import type { SourceRef } from '../../model/source.ts';
import { meantRules } from '../../stack/promised-rules.ts';
import type { Rule } from '../../stack/rules.ts';

/** Names in one line. */
const MOST_NAMES = 20;

/**
 * Holds what was proved against what a contract says: its word counts where it speaks, and what it
 * doesn't mention is advice.
 * @param rules those of the stack, by the numbers that proofs name
 */
export function heldAgainst(
  contract: PartialContract,
  rules: Rule[],
  judgement: ProofJudgement,
): ProofJudgement {
  const proofs = judgement.proofs.map((proof) => {
    const rule = rules[proof.alert.index];
    const promise = rule && promiseFor(rule, contract, rules);
    const findings = promise ? brokenPromises(promise, rule, proof) : [];
    if (findings.length === 0) return proof;
    return {
      ...proof,
      outcome: 'failed' as const,
      findings: [...proof.findings, ...findings],
    };
  });
  const isBroken = proofs.some(({ outcome }) => outcome === 'failed');
  return {
    ...judgement,
    proofs,
    promised: contract.alerts.length,
    notes: [...judgement.notes, ...contract.others.map((key) => unheld(key, contract))],
    findings: [...judgement.findings, ...unpromised(contract, judgement)],
    ...(isBroken ? { outcome: 'fail' as const, exitCode: 1 as const } : {}),
  };
}

/**
 * The promise about a rule; of several rules of a name, those with the promised severity are meant.
 */
function promiseFor(
  rule: Rule,
  { alerts }: PartialContract,
  rules: Rule[],
): AlertPromise | undefined {
  const [promise, ...others] = alerts.filter(({ name }) => name === rule.name);
  const same = rules.filter(({ kind, name }) => kind === 'alert' && name === rule.name);
  if (promise && others.length > 0) {
    const entries = [promise, ...others];
    return entries[meantRules(entries, same).indexOf(rule)];
  }
  if (promise?.severity === undefined) return promise;
  const isMeant = (one: Rule): boolean => severityOf(one) === promise.severity;
  return same.some(isMeant) && !isMeant(rule) ? undefined : promise;
}

function brokenPromises(promise: AlertPromise, rule: Rule, proof: AlertProof): ProofFinding[] {
  const { file, line } = proof.alert;
  const rulePlace: SourceRef = { file, line, column: 1 };
  const where = `${promise.source.file}:${promise.source.line}`;
  const finding = (id: ProofFinding['id'], expected: string, seen: string): ProofFinding => ({
    id,
    level: 'failure',
    source: rulePlace,
    expected: `${expected} (${where})`,
    seen,
    likelyCause: 'one of both was changed and the other was not',
  });
  const duration = (key: string, promised: number | undefined, is: number): ProofFinding[] =>
    promised === undefined || promised === is
      ? []
      : [finding('promise-differs', `${key}: ${text(promised)}`, `${key}: ${text(is)}`)];
  const severity = severityOf(rule);
  const missed = (promise.receivers ?? []).filter((name) => !proof.receivers.includes(name));
  const wasTold = proof.firedAfterMs !== null && proof.receivers.length > 0;
  return [
    ...(promise.severity === undefined || promise.severity === severity
      ? []
      : [finding('wrong-severity', `severity ${promise.severity}`, severity ?? 'none')]),
    ...(promise.expr === undefined || isSameExpression(promise.expr, rule.expression.text)
      ? []
      : [finding('promise-differs', `expr: ${promise.expr}`, `expr: ${rule.expression.text}`)]),
    ...duration('for', promise.forMs, rule.forMs ?? 0),
    ...duration('keep_firing_for', promise.keepFiringForMs, rule.keepFiringForMs ?? 0),
    ...(rule.group.evaluationMs === undefined
      ? []
      : duration('every', promise.everyMs, rule.group.evaluationMs)),
    ...(wasTold && missed.length > 0
      ? [finding('not-received', `${missed.join(' and ')} told`, proof.receivers.join(' and '))]
      : []),
    ...promise.says
      .filter((pattern) => proof.message !== null && !new RegExp(pattern).test(proof.message))
      .map((pattern) =>
        finding('wrong-text', `a message that matches ${pattern}`, proof.message ?? ''),
      ),
  ];
}

function unheld(key: string, { file }: PartialContract): string {
  return (
    `\`${key}\` of ${file} isn't held against synthetic targets: \`npm run check\` holds the ` +
    'files against it'
  );
}

function unpromised({ alerts, file }: PartialContract, judgement: ProofJudgement): ProofFinding[] {
  const promised = new Set(alerts.map(({ name }) => name));
  const names = [...judgement.proofs, ...judgement.unsolved].map(({ alert }) => alert.name);
  const others = [...new Set(names.filter((name) => !promised.has(name)))];
  if (others.length === 0) return [];
  const some = others.slice(0, MOST_NAMES).join(', ');
  return [
    {
      id: 'not-promised',
      level: 'advice',
      source: { file, line: 1, column: 1 },
      expected: 'every alert in the contract, so that whoever changes a rule is told',
      seen:
        `${others.length} of ${new Set(names).size} alerts are not promised: ` +
        `${some}${others.length > MOST_NAMES ? ' …' : ''}`,
      likelyCause: 'they were proved as their rules have them',
    },
  ];
}

function severityOf(rule: Rule): string | undefined {
  return rule.labels.get('severity')?.text;
}

function text(ms: number): string {
  return ms === 0 ? '0s' : formatDuration(ms);
}
