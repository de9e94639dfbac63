import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { Certificate } from '../../certificate.ts';

/** A request that arrived whole. */
export interface Arrived {
  path: string;
  body: string;
  receivedAt: number;
}

/**
 * Listens for POSTs and answers `ok`; what the reader throws on is answered with 400 and shows in Alertmanager's log.
 * @param tls speaks TLS with it when given
 */
export async function listenFor(
  { ip, port, tls }: { ip: string; port: number; tls?: Certificate },
  read: (request: Arrived) => void,
): Promise<AsyncDisposable> {
  const answer = (request: IncomingMessage, response: ServerResponse): void =>
    void accept(request, response, read);
  const server = tls ? createHttps({ cert: tls.cert, key: tls.key }, answer) : createServer(answer);
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

async function accept(
  request: IncomingMessage,
  response: ServerResponse,
  read: (request: Arrived) => void,
): Promise<void> {
  const receivedAt = Date.now();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    read({ path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8'), receivedAt });
    response.end('ok');
  } catch (error) {
    response.writeHead(400).end(`invalid_payload: ${String(error)}`);
  }
}
