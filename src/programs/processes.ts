import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';

const TOLD_LINES = 8;

/**
 * Arguments for `unshare` that make a private mount namespace: root may, anyone else becomes root
 * of a user namespace first.
 */
export function mountNamespace(): string[] {
  return process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
}

export interface Helper {
  /** What it does, as the message of a failure begins: "downloading k6". */
  what: string;
  /** What the reader can do when it fails. */
  advice: string;
  signal: AbortSignal;
  cwd?: string;
  env?: Record<string, string>;
}

/**
 * Runs a program to its end and returns its output. It dies with this process, however that ends:
 * else a killed build would go on writing into a folder that the next one removes.
 * @throws HarnessError with the program's last words; the signal's reason when aborted
 */
export async function runHelper(
  command: string,
  args: string[],
  { what, advice, signal, cwd, env }: Helper,
): Promise<string> {
  const result = await execa('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    reject: false,
    cancelSignal: signal,
    killSignal: 'SIGKILL',
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  signal.throwIfAborted();
  if (result.exitCode !== 0) throw helperError(what, `${result.stdout}\n${result.stderr}`, advice);
  return result.stdout;
}

/** The error of a program that failed: its last words only, and a full disk called by its name. */
export function helperError(what: string, output: string, advice: string): HarnessError {
  if (isFullDisk(output)) return diskFull(what);
  return new HarnessError(
    `${what} failed:\n${output.trim().split('\n').slice(-TOLD_LINES).join('\n')}`,
    advice,
  );
}

/** Whether an error's text tells of a disk without space. */
export function isFullDisk(text: string): boolean {
  return /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(text);
}

/** The error for a disk without space. */
export function diskFull(what: string): HarnessError {
  return new HarnessError(
    `${what} failed: the disk is full`,
    'Make 1 GB of space for the cache, or name a folder on another disk in GTV_CACHE. Then run `npm run fetch` again.',
  );
}
