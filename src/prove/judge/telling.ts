import { carries } from '../../lib/carries.ts';
import type { ProofEvidence, ProofFact } from '../../model/proof-evidence.ts';
import type { ProofIntegration, ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { ProofFinding } from '../../model/proof-verdict.ts';
import { causeOfNotTelling } from './causes.ts';
import { messageOf, receiverNumber, undelivered } from './delivered.ts';
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
  const facts = factsOf(evidence, track, 'firing').filter(({ at }) => at >= firingAt - plan.speed);
  const reached = [...new Set(facts.map(({ receiver }) => receiver))];
  const integrations = receivers.integrations.filter((integration) =>
    reached.includes(receiverNumber(integration)),
  );
  const names = reached.map((number) => receivers.names[number] ?? '');
  const first = facts[0];
  const findings: ProofFinding[] = [];
  if (!first)
    findings.push(
      finding(
        'nobody-told',
        `a notification within ${seconds(track.toldWithinMs)} of firing`,
        'none',
        causeOfNotTelling(track, evidence),
      ),
    );
  else if (integrations.length === 0 && !isMeantForNobody(track, names, receivers.dropping))
    findings.push(
      finding(
        'nobody-told',
        'a receiver that tells somebody',
        `it goes to ${names.join(' and ')}`,
        `${names.join(' and ')} has no integration, and no comment says why: whatever reaches it is dropped`,
      ),
    );
  // What fires from the start waits for Alertmanager to be there.
  else if (integrations.length > 0 && !track.always && first.at > firingAt + track.toldWithinMs)
    findings.push(
      finding(
        'received-late',
        `a notification within ${seconds(track.toldWithinMs)} of firing`,
        `after ${seconds(first.at - firingAt)}`,
        'a busy machine, or a group that waits longer than its route says',
      ),
    );
  findings.push(...undelivered(integrations, facts, evidence, finding));
  if (first && integrations.length > 0 && !track.always)
    findings.push(...endOf(track, integrations, evidence, finding));
  const message = messageOf(track.alert.name, integrations, facts, evidence);
  return { findings, toldAt: first?.at, receivers: names, message };
}

/** By its severity nobody is to be told, or by a word beside every receiver that it reaches. */
function isMeantForNobody(track: ProofTrack, reached: string[], dropping: string[]): boolean {
  return track.labels['severity'] === 'none' || reached.every((name) => dropping.includes(name));
}

function factsOf(
  evidence: ProofEvidence,
  track: ProofTrack,
  status: 'firing' | 'resolved',
): ProofFact[] {
  return evidence.facts.filter(({ alerts }) =>
    alerts.some(
      (alert) =>
        alert.status === status &&
        alert.labels['alertname'] === track.alert.name &&
        carries(alert.labels, track.labels),
    ),
  );
}

function endOf(
  track: ProofTrack,
  integrations: ProofIntegration[],
  evidence: ProofEvidence,
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
  if (factsOf(evidence, track, 'resolved').length > 0) return [];
  return [
    finding(
      'end-not-told',
      'a notification that it is over',
      'none',
      'Alertmanager told nobody before the next flush of the group',
    ),
  ];
}
