import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/**
 * Processes of this machine that listen at a loopback URL, as far as they may be seen; none for
 * another machine's.
 */
export function listenersOf(url: URL): number[] {
  if (!/^(localhost|127\.|\[::1\])/.test(url.hostname)) return [];
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => listeningInodes(path, port)),
  );
  if (inodes.size === 0) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => socketsOf(pid).some((inode) => inodes.has(inode)));
}

/** proc(5), /proc/net/tcp: local address, state and inode are the fields 2, 4 and 10. */
function listeningInodes(path: string, port: number): string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/);
      return fields[3] === LISTENING && parseInt(fields[1]?.split(':')[1] ?? '', 16) === port
        ? (fields[9] ?? [])
        : [];
    });
}

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}
