import { readFileSync, readdirSync } from 'node:fs';

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

/**
 * State and process group; undefined when the process is gone. The name before them may hold blanks
 * and brackets.
 */
function stat(path: string): { state: string; group: number } | undefined {
  try {
    const [state = '', , group] = readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return { state, group: Number(group) };
  } catch {
    return undefined;
  }
}
