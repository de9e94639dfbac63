import { groupBy } from '../../lib/group-by.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
import type { AlertProof, ProofFinding, ProofJudgement } from '../../model/proof-verdict.ts';
import type { Solution } from '../../model/recipe.ts';
import type { VirtualOutcome } from '../../model/virtual-world.ts';
import { judgeAlert } from './alert.ts';
import { withDoubts } from './doubts.ts';
import { besideOthers } from './beside.ts';
import { placeOf } from './finding.ts';
import { emptyPanels, missingFinding, panelsWithoutJob } from './metrics.ts';

/**
 * What is said of a stack's alerts: pure, from plan, solution and evidence alone.
 * @param outcomes the plan's whole world in virtual time, as often as it was tried
 */
export function judgeProof(
  plan: ProofPlan,
  solution: Solution,
  evidence: ProofEvidence,
  outcomes: readonly VirtualOutcome[],
): ProofJudgement {
  const proofs = proofsOf(plan, solution, evidence, outcomes);
  const findings = [
    ...stackFindings(plan, proofs),
    ...plan.missing.filter(({ alert }) => alert === null).map(missingFinding),
    ...panelFindings(plan, evidence),
  ];
  const failed =
    proofs.some(({ outcome }) => outcome === 'failed') ||
    findings.some(({ level }) => level === 'failure') ||
    solution.unsolved.some(({ kind }) => kind === 'unsatisfiable');
  // Whatever was finished before, an interrupted proof is never a pass.
  const open =
    evidence.interruption !== null ||
    proofs.length === 0 ||
    proofs.some(({ outcome }) => outcome === 'inconclusive') ||
    solution.unsolved.some(({ kind }) => kind !== 'unsatisfiable');
  return {
    schemaVersion: 1,
    stackName: plan.stackName,
    speed: plan.speed,
    speedReason: plan.speedReason,
    outcome: failed ? 'fail' : open ? 'inconclusive' : 'pass',
    exitCode: failed ? 1 : open ? 2 : 0,
    alerts: solution.recipes.length + solution.unsolved.length,
    solved: solution.recipes.length,
    promised: null,
    proofs,
    unsolved: solution.unsolved,
    findings,
    notes: [...plan.notes, ...notComputed(outcomes)],
    startedAt: evidence.startedAt,
    lengthMs: plan.lengthMs,
    interruption: evidence.interruption?.detail ?? null,
    wallMs: evidence.endedAt - evidence.startedAt,
    versions: evidence.versions,
  };
}

/** Panels are looked at when all is over: in the middle of an outage they say nothing. */
function panelFindings(plan: ProofPlan, evidence: ProofEvidence): ProofFinding[] {
  if (evidence.interruption !== null) return [];
  return [...emptyPanels(plan, evidence), ...panelsWithoutJob(plan, evidence)];
}

/** What became of each alert, by itself and beside the others. */
function proofsOf(
  plan: ProofPlan,
  solution: Solution,
  evidence: ProofEvidence,
  outcomes: readonly VirtualOutcome[],
): AlertProof[] {
  const alone = [
    ...plan.tracks.map((track) => judgeAlert(plan, track, evidence)),
    ...plan.notProvoked.map(notProvoked),
  ].sort((a, b) => a.alert.index - b.alert.index);
  const beside = groupBy(
    besideOthers(plan, solution, evidence, outcomes, alone),
    ({ proof }) => proof,
  );
  return alone.map((proof) => {
    const found = [
      ...(beside.get(proof)?.map(({ finding }) => finding) ?? []),
      ...plan.missing.filter((one) => one.alert?.index === proof.alert.index).map(missingFinding),
    ];
    const findings = [...proof.findings, ...found];
    return found.length === 0
      ? proof
      : withDoubts(
          { ...proof, findings },
          evidence,
          plan.tracks.find(({ alert }) => alert.index === proof.alert.index),
        );
  });
}

const OUTCOMES = {
  'cannot-fire-here': 'failed',
  unjudged: 'inconclusive',
  virtual: 'virtual',
} as const;

function notProvoked({ alert, kind, why, source }: ProofPlan['notProvoked'][number]): AlertProof {
  const finding: ProofFinding = {
    id: 'cannot-fire-here',
    level: 'failure',
    source: source ?? placeOf(alert),
    expected: 'a stack that gives it what it needs',
    seen: why,
    likelyCause:
      'a job, label or file that was renamed, fewer targets than it counts with, relabelling, or ' +
      'an interval, range or offset that does not fit what the alert reads',
  };
  return {
    alert,
    outcome: OUTCOMES[kind],
    why,
    firedAfterMs: null,
    toldAfterMs: null,
    receivers: [],
    message: null,
    life: null,
    findings: kind === 'cannot-fire-here' ? [finding] : [],
  };
}

/** Rules that virtual time couldn't evaluate with all series side by side. */
function notComputed(outcomes: readonly VirtualOutcome[]): string[] {
  const errors = outcomes.flatMap((outcome) => ('errors' in outcome ? outcome.errors : []));
  const rules = [...new Set(errors.map(({ rule }) => rule))];
  return rules.length === 0
    ? []
    : [`what alerts do beside each other wasn't judged: ${rules.join(', ')} can't be evaluated`];
}

function stackFindings(plan: ProofPlan, proofs: AlertProof[]): ProofFinding[] {
  const findings: ProofFinding[] = [];
  if (plan.receivers && !plan.namesAlertmanager)
    findings.push({
      id: 'no-alertmanager-named',
      level: 'failure',
      source: null,
      expected: 'an Alertmanager under `alerting` of prometheus.yml',
      seen: 'none',
      likelyCause: 'whatever fires stays in Prometheus; receivers were proved as if it were there',
    });
  if (plan.tracks.some(({ always }) => always) || proofs.length === 0) return findings;
  return [
    ...findings,
    {
      id: 'nothing-fires-always',
      level: 'advice',
      source: null,
      expected: 'one alert that always fires, and somebody who misses it',
      seen: 'none',
      likelyCause: 'without it nobody learns that alerting itself has died',
    },
  ];
}
