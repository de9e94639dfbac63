import { carries } from '../../lib/carries.ts';
import type { ProofEvidence, ProofFact } from '../../model/proof-evidence.ts';
import type { ProofIntegration, ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { ProofFinding } from '../../model/proof-verdict.ts';
import { causeOfNotTelling } from './causes.ts';

/**
 * Between what the harness's own webhook gets and what people get, ms: retries of Alertmanager
 * included.
 */
const BESIDE_MS = 6_000;

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
  finding: (id: ProofFinding['id'], expected: string, seen: string, cause: string) => ProofFinding,
): Telling {
  const { receivers } = plan;
  if (!receivers) return { findings: [], toldAt: undefined, receivers: [], message: null };
  const facts = factsOf(evidence, track, 'firing').filter(({ at }) => at >= firingAt - plan.speed);
  const reached = [...new Set(facts.map(({ receiver }) => receiver))];
  const integrations = receivers.integrations.filter(({ id }) =>
    reached.includes(Number(id.split('/')[0])),
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

type Make = (id: ProofFinding['id'], expected: string, seen: string, cause: string) => ProofFinding;

/**
 * What the harness's own webhook was told, every integration of the same receiver has to tell
 * people.
 */
function undelivered(
  integrations: ProofIntegration[],
  facts: ProofFact[],
  evidence: ProofEvidence,
  finding: Make,
): ProofFinding[] {
  return integrations.flatMap((integration) => {
    const fact = facts.find(({ receiver }) => receiver === Number(integration.id.split('/')[0]));
    if (!fact || deliveredNear(integration, fact.at, evidence)) return [];
    const said = evidence.notifyErrors
      .filter((line) => line.includes(integration.receiver) && line.includes(integration.kind))
      .map((line) => /\berr="((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line)[0];
    return [
      finding(
        'not-received',
        `a message by ${integration.kind} of receiver ${integration.receiver}`,
        'none',
        said === undefined ? 'Alertmanager sent none' : `Alertmanager says: ${said}`,
      ),
    ];
  });
}

function deliveredNear(
  integration: ProofIntegration,
  at: number,
  { deliveries }: ProofEvidence,
): boolean {
  return deliveries.some(
    (delivery) =>
      delivery.error === null &&
      isFrom(delivery, integration) &&
      Math.abs(delivery.at - at) <= BESIDE_MS,
  );
}

/** A client that sends no header is known by its kind. */
function isFrom(
  delivery: ProofEvidence['deliveries'][number],
  integration: ProofIntegration,
): boolean {
  return delivery.integration === null
    ? delivery.kind === integration.kind
    : delivery.integration === integration.id;
}

function endOf(
  track: ProofTrack,
  integrations: ProofIntegration[],
  evidence: ProofEvidence,
  finding: Make,
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

/** A message as people got it: one that names the alert, where any does. */
function messageOf(
  name: string,
  integrations: ProofIntegration[],
  facts: ProofFact[],
  { deliveries }: ProofEvidence,
): string | null {
  const texts = facts.flatMap(({ receiver, at }) =>
    deliveries
      .filter(
        (delivery) =>
          Math.abs(delivery.at - at) <= BESIDE_MS &&
          integrations.some(
            (one) => Number(one.id.split('/')[0]) === receiver && isFrom(delivery, one),
          ),
      )
      .map(({ text }) => text),
  );
  return texts.find((text) => text.includes(name)) ?? texts[0] ?? null;
}

/** Seconds of the run, for people. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
