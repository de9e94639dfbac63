import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/** As the kernel writes a connection that stands (proc(5), `/proc/net/tcp`). */
const ESTABLISHED = '01';

/** Both ends of a connection over IPv4, as the end that took it sees them. */
export type Ends = Pick<Socket, 'localAddress' | 'localPort' | 'remoteAddress' | 'remotePort'>;

/** What is told to whoever isn't answered. */
export const NOT_OWN = 'only the user who started this stack is answered';

/**
 * Whether the user who started this process, or root, is at the other end of a connection over
 * loopback: everybody on a machine reaches that. Of who has gone already nobody can say who it was;
 * they aren't.
 */
export function isOwnUser(ends: Ends): boolean {
  const user = userOf(ends, tableOfKernel());
  return user !== undefined && ownUsers().includes(user);
}

/** Root reaches everything anyway; who became root by sudo is who started it. */
function ownUsers(env = process.env): (number | undefined)[] {
  const self = process.getuid?.();
  const before = self === 0 && env['SUDO_UID'] !== undefined ? Number(env['SUDO_UID']) : undefined;
  return [0, self, before];
}

/**
 * The user whose socket is the other end of a connection.
 * @param table `/proc/net/tcp`: of each socket the local address, the remote one, the state, and as
 *   fields 8 and 10 the user and the inode. A socket that was closed has no inode, and counts as
 *   root's
 */
export function userOf(ends: Ends, table: string): number | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = ends;
  const here = written(localAddress, localPort);
  const there = written(remoteAddress, remotePort);
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[1] !== there || fields[2] !== here) continue;
    return fields[3] === ESTABLISHED && fields[9] !== '0' ? Number(fields[7]) : undefined;
  }
  return undefined;
}

/** `127.0.0.1`, 8025 → `0100007F:1F59`: the kernel writes the bytes backwards. */
function written(address = '', port = 0): string {
  const bytes = address.split('.').map((byte) => hex(Number(byte), 2));
  return `${bytes.toReversed().join('')}:${hex(port, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

function tableOfKernel(): string {
  try {
    return readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    return '';
  }
}
