import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { joinSockets } from '../../lib/join-sockets.ts';
import { NOT_OWN, isOwnUser } from './peer.ts';

/** In the words of HTTP: it is what people's programs speak with those of a stack. */
const REFUSED = `HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n${NOT_OWN}\n`;

/**
 * Leads a port of this machine's loopback to a Unix socket, for this user alone. When the wished
 * port is taken, another one.
 * @returns the port that was had
 */
export async function forward(socket: string, wished: number, own: Server[]): Promise<number> {
  for (const port of [wished, 0]) {
    const server = createServer((outside) => lead(outside, socket));
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      own.push(server);
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error('no port is free');
}

function lead(outside: Socket, socket: string): void {
  if (isOwnUser(outside)) return joinSockets(outside, connect(socket));
  outside.on('error', () => undefined).end(REFUSED);
}
