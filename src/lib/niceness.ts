import { setPriority } from 'node:os';

/** A run as a whole: its figures are times. Granted to root only. */
export const TIMEKEEPER = -10;
/** What has time even so: a broker that boots for seconds on every core. */
export const PATIENT = 10;

/** Sets a process's niceness; where that isn't allowed, the run goes on as it is and may be inconclusive on a busy machine. */
export function setNiceness(pid: number | undefined, niceness: number | undefined): void {
  if (pid === undefined || niceness === undefined) return;
  try {
    setPriority(pid, niceness);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_SYSTEM_ERROR' && code !== 'EACCES' && code !== 'EPERM') throw error;
  }
}
