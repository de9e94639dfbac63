import { mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Disposal } from '../../../lib/disposal.ts';
import { joinSockets } from '../../../lib/join-sockets.ts';
import { socketPath } from '../../live/sockets.ts';

/**
 * A door from outside to one address of the run's own network: a Unix socket, each connection of
 * which is led on.
 */
export async function openDoor(
  runDir: string,
  name: string,
  host: string,
  port: number,
  disposal: Disposal,
): Promise<void> {
  const path = socketPath(runDir, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const server = createServer((outside) => joinSockets(outside, connect(port, host)));
  server.listen(path);
  await once(server, 'listening');
  disposal.defer(() => server.close());
}
