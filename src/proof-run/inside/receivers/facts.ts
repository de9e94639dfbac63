import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ProofFact } from '../../../model/proof.ts';
import type { Inbox } from './inbox.ts';

interface Payload {
  groupKey: string;
  alerts: ProofFact['alerts'];
}

/** Takes what Alertmanager tells the harness's own webhook beside each receiver: alerts as data, not as text. */
export async function factsReceiver(
  port: number,
  ip: string,
  inbox: Inbox,
): Promise<AsyncDisposable> {
  const server = createServer((request, response) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { groupKey, alerts } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Payload;
      inbox.facts.push({
        at,
        receiver: Number(request.url?.split('/').at(-1)),
        groupKey,
        alerts: alerts.map(({ status, labels, annotations }) => ({ status, labels, annotations })),
      });
      response.end('ok');
    });
  });
  server.listen(port, ip);
  await once(server, 'listening');
  return {
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
