import { HarnessError } from '../lib/errors.ts';
import { lifeOf, pidOf } from '../lib/process-mark.ts';
import { until } from '../lib/wait.ts';
import { askLive } from '../run/live/client.ts';
import type { LiveRun } from './live-runs.ts';

/** A run that is told to stop is killed after 15 s, and removes its files then. */
export const ENDS_WITHIN_MS = 30_000;

/**
 * Ends a stack that is up, or that is only starting: then nobody answers yet, and the process that
 * starts it is signalled and waited for.
 * @param withinMs after this long it counts as one that goes on
 * @returns what was done, as a sentence
 * @throws HarnessError when it may not be signalled, or goes on; the signal's reason when aborted
 */
export async function endStack(
  run: LiveRun,
  withinMs: number,
  signal: AbortSignal,
): Promise<string> {
  const answered = await askLive(run.runDir, 'DELETE', '/', signal).then(
    ({ status }) => status === 200,
    () => false,
  );
  if (answered) return `Ended the stack that was up in ${run.runDir}.`;
  signal.throwIfAborted();
  await terminate(run, withinMs, signal);
  return `Ended the stack in ${run.runDir}, which didn't answer: it was starting, or stuck.`;
}

async function terminate(
  { runDir, process: mark }: LiveRun,
  withinMs: number,
  signal: AbortSignal,
): Promise<void> {
  const pid = pidOf(mark) ?? 0;
  const advice = `End process ${pid} yourself, then \`npm run down\` removes what is left of it.`;
  if (lifeOf(mark) !== 'alive') return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch (cause) {
    throw new HarnessError(
      `the stack in ${runDir} doesn't answer, and process ${pid} may not be ended by this user`,
      advice,
      { cause },
    );
  }
  await until(() => Promise.resolve(lifeOf(mark) === 'alive' ? undefined : true), {
    what: `process ${pid} of the stack in ${runDir} ends`,
    timeoutMs: withinMs,
    signal,
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new HarnessError(
      `the stack in ${runDir} doesn't answer, and process ${pid} goes on although it was told to end`,
      advice,
      { cause },
    );
  });
}
