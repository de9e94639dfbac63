import { basename } from 'node:path';
import type { execa } from 'execa';

/** Far longer than either program takes for any files. */
const TIMEOUT_MS = 30_000;

/** promtool or amtool, and what it is asked. */
export interface Program {
  execa: typeof execa;
  /** Absolute. */
  path: string;
  /** Before the files. */
  args: string[];
}

/** What it wrote; or, in words, why there is no answer. */
export type Answer = { exitCode: number; output: string } | { noAnswer: string };

/**
 * Has a program look at files. One that is ended, takes too long or can't be started has not taken
 * them.
 * @throws the signal's reason when aborted
 */
export async function answerOf(
  { execa, path, args }: Program,
  files: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const ended = await execa(path, [...args, ...files], {
    ...{ all: true, reject: false, timeout: TIMEOUT_MS, env: { NO_COLOR: '1' } },
    ...{ cancelSignal: signal, killSignal: 'SIGKILL' },
  });
  signal.throwIfAborted();
  const { exitCode, all, timedOut, signal: by, originalMessage } = ended;
  if (exitCode !== undefined) return { exitCode, output: all };
  const why = timedOut
    ? `it did not end within ${TIMEOUT_MS / 1000} s`
    : by === undefined
      ? `it can't be started (${originalMessage ?? 'no reason is known'})`
      : `it was ended by ${by}`;
  return { noAnswer: `what ${[basename(path), ...args].join(' ')} refuses: ${why}` };
}
