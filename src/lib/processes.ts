import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Whether a process of this number lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  // 0 would be the caller's own process group.
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * A process's state (proc(5)) and when it started, in ticks since the machine did; undefined when
 * it is gone, or where /proc shows other processes than this one's own space has.
 */
export function stateOf(pid: number): { state: string; started: string } | undefined {
  try {
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
  } catch {
    return undefined;
  }
  return stat(`/proc/${pid}/stat`);
}

/**
 * Whether every thread of a process group stands still (state T of proc(5)); also true for a group
 * that is gone. A signal reaches a group at once, its threads only when they run next.
 */
export function isStopped(group: number): boolean {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => stat(`/proc/${pid}/stat`)?.group === group).every(standsStill);
}

/** The same of one process. */
export function standsStill(pid: string): boolean {
  return threadsOf(pid).every((thread) =>
    'TtZX'.includes(stat(`/proc/${pid}/task/${thread}/stat`)?.state ?? 'X'),
  );
}

function threadsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** State, process group and start; undefined when the process is gone. */
function stat(path: string): { state: string; group: number; started: string } | undefined {
  try {
    // The name before them, field 2, may hold blanks and brackets.
    const fields = readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const field = (number: number): string => fields[number - 3] ?? '';
    return { state: field(3), group: Number(field(5)), started: field(22) };
  } catch {
    return undefined;
  }
}
