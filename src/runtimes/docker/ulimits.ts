import { readFileSync } from 'node:fs';
import type { Ulimit } from '../../model/compose.ts';

/** What /proc/self/limits calls them (proc_pid_limits(5)). */
const CALLED: Record<string, string> = {
  core: 'Max core file size',
  memlock: 'Max locked memory',
  nofile: 'Max open files',
  nproc: 'Max processes',
  stack: 'Max stack size',
};

/**
 * The limits of a container as far as an engine can grant them: where it may itself have no more (a
 * sandbox without the right to raise one), the container doesn't start at all. Less than asked for
 * is enough for a run.
 * @param limits the text of /proc/self/limits, of a process beside the engine
 */
export function grantable(ulimits: Ulimit[], limits: string): Ulimit[] {
  return ulimits.map(({ name, soft, hard }) => {
    const most = hardLimitIn(limits, CALLED[name]);
    return { name, soft: Math.min(soft, most), hard: Math.min(hard, most) };
  });
}

/** What this process may have itself; nothing is known where there is no /proc. */
export function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}

/** The hard limit of a line such as `Max open files  1024  20000  files`. */
function hardLimitIn(limits: string, called: string | undefined): number {
  const line = limits.split('\n').find((text) => called !== undefined && text.startsWith(called));
  const hard = line?.slice(called?.length).trim().split(/\s+/)[1];
  return hard === undefined || hard === 'unlimited' ? Infinity : Number(hard);
}
