import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TIMEKEEPER, setSessionNiceness } from '../../lib/niceness.ts';

const EVERY_MS = 500;
const ENTERED_BY = fileURLToPath(new URL('enter.sh', import.meta.url));
/** What a session has to which nobody gave anything: `/autogroup-17 nice 0`. */
const UNSET = / nice 0$/;

/**
 * From now on gives the sessions that components open by themselves (a database for each of its
 * clients) the same right of way as the components have. Only in a process space of the run's own,
 * with which it ends: all in it is the run's.
 */
export function keepRightOfWay(): void {
  if (isOwnProcessSpace()) setInterval(give, EVERY_MS).unref();
}

/**
 * Whether /proc shows the run's own processes and no others: its first is the one that made the
 * run's namespaces.
 */
function isOwnProcessSpace(): boolean {
  try {
    return (
      readlinkSync('/proc/self') === String(process.pid) &&
      readFileSync('/proc/1/cmdline', 'utf8').split('\0').includes(ENTERED_BY)
    );
  } catch {
    return false;
  }
}

function give(): void {
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid) && UNSET.test(autogroupOf(pid))) setSessionNiceness(pid, TIMEKEEPER);
  }
}

/** Empty where it is gone, or the kernel has no such groups. */
function autogroupOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim();
  } catch {
    return '';
  }
}
