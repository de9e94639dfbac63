import { sleepFor } from '../../../../src/lib/wait.ts';
import { signalled } from '../../stops.ts';
import { nothingToUndo } from '../disturbance.ts';
import type { Disturbance, Ending } from '../disturbance.ts';
import { componentsOf } from '../victims.ts';

const VICTIMS = ['harness', 'component'] as const;
const SIGNALS = ['SIGTERM', 'SIGKILL', 'SIGSTOP'] as const;
/** Whoever is stopped goes on after this time, ms: longer than any scrape waits. */
const STOPPED_MS = 3_000;
const TOLD_CHARS = 120;

type Victim = (typeof VICTIMS)[number];
type Signal = (typeof SIGNALS)[number];

/** The harness or one of its components is told to end, killed, or stands still for a while. */
export const PROCESSES: Record<string, Disturbance> = Object.fromEntries(
  SIGNALS.flatMap((name) =>
    VICTIMS.map((victim) => [`${victim} ${name}`, ofProcess(victim, name)]),
  ),
);

function ofProcess(victim: Victim, name: Signal): Disturbance {
  const what = name === 'SIGSTOP' ? `stands still for ${STOPPED_MS / 1_000} s` : `gets ${name}`;
  return {
    meaning: `${victim === 'harness' ? 'the harness' : 'one of its components'} ${what}`,
    ...(victim === 'harness' && name === 'SIGKILL' ? { endsHarness: true } : {}),
    prepare: ({ draw: { random }, signal }) =>
      Promise.resolve({
        ...nothingToUndo,
        strike: async (pid) => {
          const target = targetOf(victim, pid, random());
          if (!target || !signalled(target.pid, name)) return null;
          if (name === 'SIGSTOP') {
            await sleepFor(STOPPED_MS, signal);
            signalled(target.pid, 'SIGCONT');
          }
          return target.command.slice(0, TOLD_CHARS);
        },
      }),
    isTold: (ending) => isTold(victim, name, ending),
  };
}

/** @param share which of the components, as a share of their number */
function targetOf(
  victim: Victim,
  pid: number,
  share: number,
): { pid: number; command: string } | undefined {
  if (victim === 'harness') return { pid, command: 'gtv verify' };
  const components = componentsOf(pid);
  return components[Math.floor(share * components.length)];
}

/** Who stands still for a moment may be proved again within the run; who is gone may not. */
function isTold(victim: Victim, name: Signal, { exitCode, output }: Ending): boolean {
  if (name === 'SIGSTOP') return exitCode === 0 || exitCode === 2;
  if (victim === 'harness' && name === 'SIGKILL') return exitCode === null;
  const word = victim === 'harness' ? /interrupted/i : /ended by itself|interrupted/i;
  return exitCode === 2 && word.test(output);
}
