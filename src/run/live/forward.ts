import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { joinSockets } from '../../lib/join-sockets.ts';

/**
 * Leads a port of this machine's loopback to a Unix socket. When the wished port is taken, to
 * another one.
 * @returns the port that was had
 */
export async function forward(socket: string, wished: number, own: Server[]): Promise<number> {
  for (const port of [wished, 0]) {
    const server = createServer((outside) => joinSockets(outside, connect(socket)));
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
