import { readFileSync } from 'node:fs';

/** As the kernel writes a socket that waits for connections (proc(5), `/proc/net/tcp`). */
const LISTENING = '0A';
/** 127.0.0.0/8, and ::1 also as IPv6 writes the former; the kernel writes words backwards. */
const LOOPBACK = [/^[0-9A-F]{6}7F:/, /^0{24}01000000:/, /^0{16}FFFF0000[0-9A-F]{6}7F:/];

/**
 * Sockets of this machine's network that wait for others than this machine: addresses and ports, as
 * the kernel writes them, by their inodes.
 */
export function openToOthers(): Map<string, string> {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8').trim().split('\n').slice(1),
  );
  return new Map(
    lines
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, local = '', , state]) =>
          state === LISTENING && !LOOPBACK.some((own) => own.test(local)),
      )
      .map((fields) => [fields[9] ?? '', fields[1] ?? '']),
  );
}
