import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { down } from '../../src/commands/down.ts';
import { liveRuns } from '../../src/commands/live-runs.ts';
import type { Output } from '../../src/commands/output.ts';
import { lifeOf, markOf } from '../../src/lib/process-mark.ts';
import { mountNamespace } from '../../src/programs/processes.ts';
import { PROJECT } from '../support/cases.ts';
import { NO_ENGINE } from '../support/cli.ts';
import { evaluated } from '../support/evaluated.ts';
import { ELSEWHERE, ENDED, REUSED } from '../support/marks.ts';

const NEVER = new AbortController().signal;

let dir = '';
let printed = '';
const output = {
  print: (text: string) => (printed += `${text}\n`),
  error: (text: string) => (printed += `error: ${text}\n`),
} as unknown as Output;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-down-'));
  printed = '';
  vi.stubEnv('GTV_RUNS', dir);
  vi.stubEnv('DOCKER_HOST', NO_ENGINE.DOCKER_HOST);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** A run's folder with a key in it. @returns its path */
function runWith(name: string, command: unknown): string {
  const runDir = join(dir, name);
  mkdirSync(join(runDir, 'tls'), { recursive: true });
  writeFileSync(join(runDir, 'tls', 'key.pem'), 'secret');
  writeFileSync(join(runDir, 'command.json'), JSON.stringify(command));
  return runDir;
}
const keysOf = (runs: string[]): boolean[] => runs.map((run) => existsSync(join(run, 'tls')));

/** A process that sleeps, as the harness of a stack. */
function started(...command: [string, ...string[]]): string {
  const child = execa(command[0], command.slice(1), { reject: false });
  onTestFinished(() => void child.kill('SIGKILL'));
  return markOf(child.pid);
}

it('what a dead run left goes; what may be alive, or whose it is nobody can say, stays', async () => {
  const dead = [
    runWith('ended', { process: ENDED }),
    runWith('number-given-anew', { process: REUSED }),
  ];
  const others = [
    runWith('alive', { process: markOf() }),
    runWith('in-another-container', { process: ELSEWHERE }),
    runWith('a-number-alone', { pid: 99_999_999 }),
    ...[null, 7, [], {}].map((command, n) => runWith(`nothing-${n}`, command)),
  ];
  expect(await down(output, NEVER)).toBe(0);
  expect(keysOf(dead)).toEqual([false, false]);
  expect(keysOf(others)).toEqual(others.map(() => true));
});

it('another process with the number of a stack’s is no stack', async () => {
  const stack = runWith('up', { live: true, process: REUSED });
  runWith('half', null);
  expect(await liveRuns()).toEqual([]);
  expect(await down(output, NEVER)).toBe(0);
  expect(keysOf([stack])).toEqual([false]);
});

it('a stack that is only starting is ended, and what it left is removed', async () => {
  const process = started('sleep', '60');
  const stack = runWith('starting', { live: true, process });
  expect(await down(output, NEVER)).toBe(0);
  expect(lifeOf(process)).toBe('dead');
  expect(printed).toContain(`Ended the stack in ${stack}`);
  expect(keysOf([stack])).toEqual([false]);
});

it('one that goes on is told with what to do, and the rest is tidied up', async () => {
  const stubborn = started('sh', '-c', 'trap "" TERM; while :; do sleep 1; done');
  // Signals are ignored once it has begun to.
  await expect.poll(() => lifeOf(stubborn)).toBe('alive');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stack = runWith('9-stuck', { live: true, process: stubborn });
  const starting = started('sleep', '60');
  runWith('1-starting', { live: true, process: starting });
  const dead = runWith('dead', { process: ENDED });
  expect(await down(output, NEVER, 200)).toBe(2);
  expect(printed).toContain(`error: the stack in ${stack} doesn't answer, and process`);
  expect(printed).toContain('End process');
  expect(lifeOf(starting)).toBe('dead');
  expect(keysOf([stack, dead])).toEqual([true, false]);
});

it('what may not be removed is told, the rest is removed, and nothing fails', async () => {
  const [first, last] = [runWith('a', { process: ENDED }), runWith('z', { process: ENDED })];
  mkdirSync(join(first, 'data'));
  const { stdout, exitCode } = await evaluated(
    `import { down } from ${JSON.stringify(join(PROJECT, 'src/commands/down.ts'))};
     process.exitCode = await down(
       { print: console.log, error: console.log },
       new AbortController().signal,
     );`,
    [
      ...['unshare', ...mountNamespace(), 'sh', '-c'],
      'mount -t tmpfs tmpfs "$0/data" && exec "$@"',
      first,
    ],
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`could not be removed.*\\n +${first}: .*EBUSY`));
  // What other tests beside this one have left goes, too.
  expect(stdout).toMatch(new RegExp(`left in:\\n(?: +.*\\n)*? +${last}`));
  expect(keysOf([first, last])).toEqual([false, false]);
});
