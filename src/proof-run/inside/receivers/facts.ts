import { listen, whenWhole } from '../../../lib/http-server.ts';
import type { ProofFact } from '../../../model/proof-evidence.ts';
import type { Inbox } from './inbox.ts';

interface Payload {
  groupKey: string;
  alerts: ProofFact['alerts'];
}

/**
 * Takes what Alertmanager tells the harness's own webhook beside each receiver: alerts as data, not
 * as text.
 */
export function factsReceiver(port: number, ip: string, inbox: Inbox): Promise<AsyncDisposable> {
  const handler = whenWhole(({ path, body, receivedAt }, response) => {
    const { groupKey, alerts } = JSON.parse(body) as Payload;
    inbox.facts.push({
      at: receivedAt,
      receiver: Number(path.split('/').at(-1)),
      groupKey,
      alerts: alerts.map(({ status, labels, annotations }) => ({ status, labels, annotations })),
    });
    response.end('ok');
  });
  return listen({ ip, port }, handler);
}
