import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** A run as a whole: its figures are times. Granted to root only. */
export const TIMEKEEPER = -10;
/**
 * What has time even so: a broker that boots for seconds on every core has no right of way over
 * others.
 */
export const PATIENT = 1;

const REFUSED = ['ERR_SYSTEM_ERROR', 'EACCES', 'EPERM', 'EAGAIN', 'EINVAL', 'ENOENT', 'ESRCH'];

/**
 * Sets a process's niceness; where that isn't allowed, the run goes on as it is and may be
 * inconclusive on a busy machine.
 */
export function setNiceness(pid: number | undefined, niceness: number | undefined): void {
  if (pid === undefined || niceness === undefined) return;
  whereAllowed(() => setPriority(pid, niceness));
}

/**
 * The same for a process that leads a session of its own (started detached), and for all of that
 * session. The kernel shares out its cores among sessions first, and a process's own niceness
 * counts only within its session (sched(7), "The autogroup feature"): without this a run has no
 * right of way at all.
 */
export function setSessionNiceness(pid: number | undefined, niceness: number): void {
  if (pid === undefined) return;
  setNiceness(pid, niceness);
  whereAllowed(() => writeFileSync(`/proc/${pid}/autogroup`, String(niceness)));
}

function whereAllowed(set: () => void): void {
  try {
    set();
  } catch (error) {
    if (!REFUSED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
