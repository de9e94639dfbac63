import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { madeEnvironment } from '../../lib/environment.ts';
import { TIMEKEEPER, setSessionNiceness } from '../../lib/niceness.ts';
import { moduleArguments } from '../../lib/start-module.ts';

/** After this long a run that was told to stop is killed, ms. */
const STOP_WITHIN_MS = 15_000;

export interface InsideOptions {
  /** Folder to lay over /usr. */
  usr: string;
  /** Folder of what is run, absolute: its `etc` is laid over /etc, and it is everybody's home. */
  runDir: string;
  /** Path of a TypeScript module; gets the request as JSON in its first argument. */
  script: string;
  request: unknown;
  signal: AbortSignal;
  /** A line of its standard output. */
  onLine: (line: string) => void;
}

/** A process in namespaces of its own. It stops when its standard input ends. */
export interface Inside {
  /** Writes a line to its standard input. */
  send: (line: string) => void;
  /** Ends its standard input, and kills it if it doesn't end soon. */
  stop: () => void;
  /** When it is gone, and with it its mounts and processes. */
  ended: Promise<{ exit: string; stderr: string }>;
}

/**
 * Starts a module in namespaces of its own: a private overlay over /usr shows the programs, a
 * private network with nothing but loopback holds every port, and a private process space ends with
 * the harness (`setpriv --pdeathsig`, `unshare --kill-child`: by the kernel, also after `kill -9`).
 * Nothing of the user's shell gets in: all that runs inside inherits an environment that was made.
 */
export function enterNamespaces({
  usr,
  runDir,
  script,
  request,
  signal,
  onLine,
}: InsideOptions): Inside {
  const users = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const inside = [process.execPath, ...moduleArguments(script), JSON.stringify(request)];
  const child = execa(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      'unshare',
      ...users,
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--kill-child',
      '/bin/sh',
      fileURLToPath(new URL('enter.sh', import.meta.url)),
      usr,
      join(runDir, 'etc'),
      ...inside,
    ],
    {
      reject: false,
      buffer: { stdout: false, stderr: true },
      stdin: 'pipe',
      detached: true,
      cleanup: true,
      ...madeEnvironment(runDir),
    },
  );
  setSessionNiceness(child.pid, TIMEKEEPER);
  createInterface({ input: child.stdout }).on('line', onLine);
  // A process that is just dying takes nothing any more: its end tells more than a broken pipe.
  child.stdin.on('error', () => undefined);
  const stop = (): void => {
    child.stdin.end();
    setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = child.then((result) => {
    signal.removeEventListener('abort', stop);
    return { exit: String(result.exitCode ?? result.signal), stderr: result.stderr };
  });
  return { send: (line) => void child.stdin.write(`${line}\n`), stop, ended };
}
