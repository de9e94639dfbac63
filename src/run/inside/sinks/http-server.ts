import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, listen } from '../../../lib/http-server.ts';
import type { Certificate } from '../../certificate.ts';

/** A request that arrived whole. */
export interface Arrived {
  path: string;
  body: string;
  receivedAt: number;
}

/**
 * Listens for POSTs and answers `ok`; what the reader throws on is answered with 400 and shows in
 * Alertmanager's log.
 * @param tls speaks TLS with it when given
 */
export async function listenFor(
  { ip, port, tls }: { ip: string; port: number; tls?: Certificate },
  read: (request: Arrived) => void,
): Promise<AsyncDisposable> {
  return listen({ ip, port, tls }, (request, response) => void accept(request, response, read));
}

async function accept(
  request: IncomingMessage,
  response: ServerResponse,
  read: (request: Arrived) => void,
): Promise<void> {
  const receivedAt = Date.now();
  try {
    read({ path: request.url ?? '', body: await bodyOf(request), receivedAt });
    response.end('ok');
  } catch (error) {
    response.writeHead(400).end(`invalid_payload: ${String(error)}`);
  }
}
