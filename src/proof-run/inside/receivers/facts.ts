import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../../lib/errors.ts';
import { bodyOf, listen } from '../../../lib/http-server.ts';
import type { ProofFact } from '../../../model/proof.ts';
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
  return listen({ ip, port }, (request, response) => void take(request, response, inbox));
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  inbox: Inbox,
): Promise<void> {
  const at = Date.now();
  try {
    const { groupKey, alerts } = JSON.parse(await bodyOf(request)) as Payload;
    inbox.facts.push({
      at,
      receiver: Number(request.url?.split('/').at(-1)),
      groupKey,
      alerts: alerts.map(({ status, labels, annotations }) => ({ status, labels, annotations })),
    });
    response.end('ok');
  } catch (error) {
    response.writeHead(400).end(messageOf(error));
  }
}
