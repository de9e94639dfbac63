import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { messageOf } from './errors.ts';
import { onlyFrom } from './only-from.ts';

/** More than any message has that a receiver takes; Slack itself takes 40,000 letters. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Where a server listens. */
export interface ServerAddress {
  ip: string;
  port: number;
  /** Set where TLS is spoken. */
  tls?: { cert: string | Buffer; key: string | Buffer } | undefined;
  /** Who may connect, beside loopback; everybody who gets there by default. */
  from?: readonly string[] | undefined;
}

/** Listens at an address until it is disposed of; connections that are open then are closed. */
export async function listen(
  { ip, port, tls, from }: ServerAddress,
  handler: RequestListener,
): Promise<AsyncDisposable> {
  const server = tls
    ? createTlsServer({ cert: tls.cert, key: tls.key }, handler)
    : createServer(handler);
  // Left open for as long as the client likes. Node hangs up after 5 idle seconds, and a client
  // that is just then sending has its message broken off: Alertmanager tries again a moment later,
  // and what was in time comes late.
  server.keepAliveTimeout = 0;
  if (from) onlyFrom(server, from);
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

/** A request that arrived whole. */
export interface Arrived {
  request: IncomingMessage;
  path: string;
  body: string;
  /** When it began to arrive, Unix ms. */
  receivedAt: number;
}

/**
 * A handler that is given requests once their bodies are there. What it throws is answered with 400
 * and its words, which show in the sender's log.
 */
export function whenWhole(
  handle: (arrived: Arrived, response: ServerResponse) => void,
): RequestListener {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const receivedAt = Date.now();
    try {
      const path = request.url ?? '/';
      handle({ request, path, body: await bodyOf(request), receivedAt }, response);
    } catch (error) {
      response.writeHead(400).end(messageOf(error));
    }
  };
  return (request, response) => void take(request, response);
}

/** @throws Error for a body of more than 4 MiB */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error(`the message is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
