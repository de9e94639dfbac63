import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { allProcesses, processCpu } from '../../src/capacity-run/measure/proc.ts';

const LOOK_EVERY_MS = 100;
/** Less than this is told with the others, seconds. */
const LITTLE_SECONDS = 0.3;

/** What a process tree took: by the names of its programs, the most first. */
export interface ProcessorTime {
  totalSeconds: number;
  byName: [name: string, seconds: number][];
}

/**
 * Counts what a process and all that it starts take of the processors, until it is told to stop.
 * Who lived too short to be looked at is in the total alone.
 */
export function countProcessorTime(root: number): { stop: () => ProcessorTime } {
  const collected = (): number => processCpu(process.pid)?.collectedSeconds ?? 0;
  const before = collected();
  const seen = new Map<number, { name: string; seconds: number }>([
    [root, { name: nameOf(root), seconds: 0 }],
  ]);
  const look = (): void => {
    // Pids grow, so that who starts somebody nearly always comes first; else it is the next look.
    for (const { pid, parent, ownSeconds } of allProcesses())
      if (seen.has(pid) || seen.has(parent))
        // Who has ended and isn't waited for yet has no command line any more.
        seen.set(pid, { name: nameOf(pid) || (seen.get(pid)?.name ?? ''), seconds: ownSeconds });
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return summed([...seen.values()], collected() - before);
    },
  };
}

/**
 * Sums by name. @param waitedFor what the kernel says of all that has ended, seconds: it doesn't
 * know those who were left to somebody else
 */
export function summed(
  processes: { name: string; seconds: number }[],
  waitedFor: number,
): ProcessorTime {
  const sums = new Map<string, number>();
  for (const { name, seconds } of processes) sums.set(name, (sums.get(name) ?? 0) + seconds);
  const seen = processes.reduce((sum, { seconds }) => sum + seconds, 0);
  const totalSeconds = Math.max(seen, waitedFor);
  const big = [...sums].filter(([, seconds]) => seconds >= LITTLE_SECONDS);
  const rest = totalSeconds - big.reduce((sum, [, seconds]) => sum + seconds, 0);
  return {
    totalSeconds,
    byName: [...big.toSorted(([, a], [, b]) => b - a), ['others, and who lived shortly', rest]],
  };
}

function nameOf(pid: number): string {
  try {
    return programOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
  } catch {
    return '';
  }
}

/**
 * The program of a command line, for people; of a program that runs others' code, what it runs.
 */
export function programOf(words: string[]): string {
  const [command = '', ...rest] = words;
  const name = basename(command.split(' ')[0] ?? '').replace(/:$/, '');
  if (name !== 'node') return command.startsWith('gtv ') ? command.trim() : name;
  const script = rest.find((word) => /\.(js|ts|mjs)$/.test(word));
  return script === undefined ? 'node' : `node ${script.split('/').slice(-2).join('/')}`;
}
