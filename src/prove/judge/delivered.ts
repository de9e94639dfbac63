import type { ProofEvidence, ProofFact } from '../../model/proof-evidence.ts';
import type { ProofIntegration } from '../../model/proof-plan.ts';
import type { ProofFinding } from '../../model/proof-verdict.ts';
import type { MakeFinding } from './finding.ts';

type Delivery = ProofEvidence['deliveries'][number];

/**
 * Between what the harness's own webhook gets and what people get, ms: retries of Alertmanager
 * included.
 */
const BESIDE_MS = 6_000;

/** The number of the receiver that an integration belongs to: its id is `receiver/integration`. */
export function receiverNumber({ id }: ProofIntegration): number {
  return Number(id.split('/')[0]);
}

/**
 * What the harness's own webhook was told, every integration of the same receiver has to tell
 * people.
 */
export function undelivered(
  integrations: ProofIntegration[],
  facts: ProofFact[],
  evidence: ProofEvidence,
  finding: MakeFinding,
): ProofFinding[] {
  return integrations.flatMap((integration) => {
    const fact = facts.find(({ receiver }) => receiver === receiverNumber(integration));
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

/** A message as people got it: one that names the alert, where any does. */
export function messageOf(
  name: string,
  integrations: ProofIntegration[],
  facts: ProofFact[],
  { deliveries }: ProofEvidence,
): string | null {
  const texts = facts.flatMap(({ receiver, at }) => {
    const its = integrations.filter((one) => receiverNumber(one) === receiver);
    return deliveries
      .filter((delivery) => isNear(delivery, at) && its.some((one) => isFrom(delivery, one)))
      .map(({ text }) => text);
  });
  return texts.find((text) => text.includes(name)) ?? texts[0] ?? null;
}

function deliveredNear(
  integration: ProofIntegration,
  at: number,
  { deliveries }: ProofEvidence,
): boolean {
  return deliveries.some(
    (delivery) => delivery.error === null && isFrom(delivery, integration) && isNear(delivery, at),
  );
}

function isNear(delivery: Delivery, at: number): boolean {
  return Math.abs(delivery.at - at) <= BESIDE_MS;
}

/** A client that sends no header is known by its kind. */
function isFrom(delivery: Delivery, integration: ProofIntegration): boolean {
  return delivery.integration === null
    ? delivery.kind === integration.kind
    : delivery.integration === integration.id;
}
