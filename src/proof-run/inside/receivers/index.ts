import type { Disposal } from '../../../lib/disposal.ts';
import { PROOF_ADDRESSES } from '../../../model/proof-plan.ts';
import type { ProofPlan } from '../../../model/proof-plan.ts';
import { factsReceiver } from './facts.ts';
import { httpReceiver } from './http.ts';
import { Inbox } from './inbox.ts';
import { smtpReceiver } from './smtp.ts';

/** Starts everybody whom Alertmanager may call. */
export async function startReceivers(
  receivers: NonNullable<ProofPlan['receivers']>,
  hosts: Record<string, string>,
  tls: { cert: string; key: string },
  disposal: Disposal,
): Promise<Inbox> {
  const inbox = new Inbox(receivers);
  const started = await Promise.all([
    factsReceiver(PROOF_ADDRESSES.facts.port, PROOF_ADDRESSES.facts.host, inbox),
    ...receivers.endpoints.map((endpoint) => {
      const ip = hosts[endpoint.host] ?? endpoint.host;
      const start = endpoint.protocol.startsWith('http') ? httpReceiver : smtpReceiver;
      return start(endpoint, ip, tls, inbox);
    }),
  ]);
  for (const one of started) disposal.use(one);
  return inbox;
}
