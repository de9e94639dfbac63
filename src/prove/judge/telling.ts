import type { ProofEvidence, ProofFact } from '../../model/proof-evidence.ts';
import type { ProofIntegration, ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { ProofFinding } from '../../model/proof-verdict.ts';
import { causeOfNotTelling, causeOfUntoldEnd } from './causes.ts';
import { messageOf, receiverNumber, undelivered } from './delivered.ts';
import { isAmong, notifiedOf } from './notified.ts';
import type { Notified } from './notified.ts';
import { seconds } from './finding.ts';
import type { MakeFinding } from './finding.ts';

export interface Telling {
  findings: ProofFinding[];
  toldAt: number | undefined;
  receivers: string[];
  message: string | null;
}

/** Whether somebody was told that an alert fires, in time, and that it is over. */
export function tellingOf(
  plan: ProofPlan,
  track: ProofTrack,
  evidence: ProofEvidence,
  firingAt: number,
  finding: MakeFinding,
): Telling {
  const { receivers } = plan;
  if (!receivers) return { findings: [], toldAt: undefined, receivers: [], message: null };
  const notified = notifiedOf(plan, track, evidence);
  const since = firingAt - plan.speed;
  const facts = factsOf(evidence, notified, 'firing', since);
  const reached = [...new Set(facts.map(({ receiver }) => receiver))];
  const integrations = receivers.integrations.filter((integration) =>
    reached.includes(receiverNumber(integration)),
  );
  const names = reached.map((number) => receivers.names[number] ?? '');
  const [first] = facts;
  const findings: ProofFinding[] = [];
  if (!first) findings.push(...untold(track, notified, evidence, finding));
  else if (integrations.length > 0)
    // What fires from the start waits for Alertmanager to be there, and has no end.
    findings.push(...(track.always ? [] : late(track, first.at - firingAt, finding)));
  else if (!isOnPurpose(notified, names, receivers.dropping))
    findings.push(droppedAt(names, finding));
  findings.push(...undelivered(integrations, facts, evidence, finding));
  if (first && integrations.length > 0 && !track.always)
    findings.push(...endOf(notified, integrations, evidence, since, finding));
  const message = messageOf(track.alert.name, integrations, facts, evidence);
  return { findings, toldAt: first?.at, receivers: names, message };
}

/** Nothing reached any receiver, unless nobody is to be told and it is dropped for that. */
function untold(
  track: ProofTrack,
  notified: Notified,
  evidence: ProofEvidence,
  finding: MakeFinding,
): ProofFinding[] {
  if (notified.isForNobody && notified.labels.length === 0) return [];
  return [
    finding(
      'nobody-told',
      `a notification within ${seconds(track.toldWithinMs)} of firing`,
      'none',
      causeOfNotTelling(track, notified, evidence),
    ),
  ];
}

/** It reached receivers that tell nobody. */
function droppedAt(names: string[], finding: MakeFinding): ProofFinding {
  const all = names.join(' and ');
  return finding(
    'nobody-told',
    'a receiver that tells somebody',
    `it goes to ${all}`,
    `${all} has no integration, and no comment says why: whatever reaches it is dropped`,
  );
}

/** @param afterMs from firing to the first notification */
function late(track: ProofTrack, afterMs: number, finding: MakeFinding): ProofFinding[] {
  if (afterMs <= track.toldWithinMs) return [];
  return [
    finding(
      'received-late',
      `a notification within ${seconds(track.toldWithinMs)} of firing`,
      `after ${seconds(afterMs)}`,
      'a busy machine, or a group that waits longer than its route says',
    ),
  ];
}

/** By its severity nobody is to be told, or by a word beside every receiver that it reaches. */
function isOnPurpose({ isForNobody }: Notified, reached: string[], dropping: string[]): boolean {
  return isForNobody || reached.every((name) => dropping.includes(name));
}

/** What was told of an alert from a moment on. @param since epoch ms */
function factsOf(
  evidence: ProofEvidence,
  notified: Notified,
  status: 'firing' | 'resolved',
  since: number,
): ProofFact[] {
  return evidence.facts.filter(
    ({ at, alerts }) =>
      at >= since &&
      alerts.some((alert) => alert.status === status && isAmong(notified, alert.labels)),
  );
}

function endOf(
  notified: Notified,
  integrations: ProofIntegration[],
  evidence: ProofEvidence,
  since: number,
  finding: MakeFinding,
): ProofFinding[] {
  const tells = integrations.filter(({ sendsResolved }) => sendsResolved);
  if (tells.length === 0)
    return [
      finding(
        'end-not-told',
        'a receiver that also tells that it is over',
        `none of ${integrations.map(({ kind, receiver }) => `${kind} of ${receiver}`).join(', ')} does`,
        '`send_resolved` is false there, or left to a default that is',
      ),
    ];
  if (factsOf(evidence, notified, 'resolved', since).length > 0) return [];
  return [
    finding(
      'end-not-told',
      'a notification that it is over',
      'none',
      causeOfUntoldEnd(notified, evidence),
    ),
  ];
}
