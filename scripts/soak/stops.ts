import { readFileSync, readdirSync } from 'node:fs';

/** How often a process is stopped, and for how long, ms. */
const EVERY_MS = 2_000;
const STOPPED_MS = 200;

/** Stops a process of a run, drawn at random, again and again; disposed, all of them go on. */
export function stopsOf(pid: number): AsyncDisposable {
  const stopped = new Set<number>();
  const goOn = (child: number): void => {
    signalled(child, 'SIGCONT');
    stopped.delete(child);
  };
  const timer = setInterval(() => {
    const children = descendantsOf(pid);
    const child = children[Math.floor(Math.random() * children.length)];
    if (child === undefined) return;
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
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): [number, number][] => {
        const parent = parentOf(Number(name));
        return parent === undefined ? [] : [[Number(name), parent]];
      }),
  );
  const below = (of: number): number[] =>
    [...parents]
      .filter(([, parent]) => parent === of)
      .flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

/** By /proc/PID/stat (proc(5)): the second word after the name in brackets; undefined: it ended. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** Sends a signal. @returns whether there was anybody to get it: it may have ended meanwhile */
export function signalled(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
