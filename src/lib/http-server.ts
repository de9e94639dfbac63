import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

/** More than any message has that a receiver takes; Slack itself takes 40,000 letters. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Where a server listens. */
export interface ServerAddress {
  ip: string;
  port: number;
  /** Set where TLS is spoken. */
  tls?: { cert: string | Buffer; key: string | Buffer } | undefined;
}

/** Listens at an address until it is disposed of; connections that are open then are closed. */
export async function listen(
  { ip, port, tls }: ServerAddress,
  handler: RequestListener,
): Promise<AsyncDisposable> {
  const server = tls
    ? createTlsServer({ cert: tls.cert, key: tls.key }, handler)
    : createServer(handler);
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

/** @throws Error for a body of more than 4 MiB */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new Error(`the message is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
