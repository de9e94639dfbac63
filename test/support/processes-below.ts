import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** All processes that one has started, over however many between. */
export function processesBelow(ancestor: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below: number[] = [...(children.get(ancestor) ?? [])];
  // Grows while it is walked.
  for (const pid of below) below.push(...(children.get(pid) ?? []));
  return below;
}

/** What others of this machine, or this user, can read of a process: its words and environment. */
export function tellsOf(pid: number): string {
  return [read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`)]
    .join('\0')
    .replaceAll('\0', ' ');
}

/** The sockets of a process by their inodes, as the kernel writes them. */
export function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(linked(`/proc/${pid}/fd/${fd}`)) ?? [];
      return inode ?? [];
    });
  } catch {
    return [];
  }
}

function linked(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Empty for what is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
