import type { Server, Socket } from 'node:net';

/** Loopback, as Node writes it on a socket of either family. */
const LOOPBACK = /^(::ffff:)?127\.|^::1$/;

/**
 * Hangs up on whoever isn't of the run. In a network namespace of the run's own nobody else is
 * there; a container engine's network, however, has the engine's machine in it, and with it every
 * user of that machine.
 * @param addresses of everything that the run has started; loopback is always let in
 */
export function onlyFrom(server: Server, addresses: readonly string[]): void {
  const known = new Set(addresses);
  // First of all who listen: whoever isn't let in isn't greeted.
  server.prependListener('connection', (socket: Socket) => {
    const from = socket.remoteAddress;
    // No address: it has hung up already.
    if (from !== undefined && !isKnown(from, known)) socket.destroy();
  });
}

function isKnown(from: string, known: ReadonlySet<string>): boolean {
  return LOOPBACK.test(from) || known.has(from.replace(/^::ffff:/, ''));
}
