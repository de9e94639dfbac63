import { standsStill } from '../../src/lib/processes.ts';
import { allProcesses } from '../../src/capacity-run/measure/proc.ts';

/** How often a process is stopped, and for how long, ms. */
const EVERY_MS = 2_000;
const STOPPED_MS = 200;

/**
 * Stops a process of a run, drawn at random, again and again; disposed, all of them go on. One that
 * stands still already does so because the run wants it: it would be let go on before its time.
 */
export function stopsOf(pid: number): AsyncDisposable {
  const stopped = new Set<number>();
  const goOn = (child: number): void => {
    signalled(child, 'SIGCONT');
    stopped.delete(child);
  };
  const timer = setInterval(() => {
    const children = descendantsOf(pid);
    const child = children[Math.floor(Math.random() * children.length)];
    if (child === undefined || standsStill(String(child))) return;
    stopped.add(child);
    signalled(child, 'SIGSTOP');
    setTimeout(() => goOn(child), STOPPED_MS);
  }, EVERY_MS);
  return {
    [Symbol.asyncDispose]: () => {
      clearInterval(timer);
      for (const child of stopped) goOn(child);
      return Promise.resolve();
    },
  };
}

/** Everything that a process started, and what that started. */
export function descendantsOf(pid: number): number[] {
  const all = allProcesses();
  const below = (of: number): number[] =>
    all.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...below(child.pid)]);
  return below(pid);
}

/** Sends a signal. @returns whether there was anybody to get it: it may have ended meanwhile */
export function signalled(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
