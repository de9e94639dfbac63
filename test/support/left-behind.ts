import { readFileSync, readdirSync } from 'node:fs';

/**
 * Processes whose command line names this: a run's folder is in that of everything it starts.
 * @returns pid and the beginning of the command line of each
 */
export function processesNaming(mark: string): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .flatMap((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return text.includes(mark) ? [`${pid} ${text.slice(0, 120)}`] : [];
      } catch {
        return [];
      }
    });
}

/** Mounts of this machine that name this. */
export function mountsNaming(mark: string): string[] {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return mounts.filter((line) => line.includes(mark));
}
