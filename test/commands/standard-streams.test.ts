import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync } from 'node:fs';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import { PROJECT } from '../support/cases.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-streams-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What starts a program whose only act is this code, and that keeps `cleaned` at its end. */
const started = (act: string): string[] => [
  ...['--import', 'tsx', '--input-type', 'module', '--eval'],
  `import { writeFileSync } from 'node:fs';
   import { setTimeout as delay } from 'node:timers/promises';
   import { Command } from 'commander';
   import { runProgram } from ${JSON.stringify(`${PROJECT}/src/commands/run-program.ts`)};
   const stop = new AbortController();
   process.on('SIGHUP', () => stop.abort(new Error('interrupted by SIGHUP')));
   await runProgram(new Command('x').action(async () => {
     ${act}
     await delay(200);
     writeFileSync(${JSON.stringify(join(dir, 'cleaned'))}, String(process.exitCode ?? 0));
   }), stop);`,
];
const wasCleaned = (): string => readFileSync(join(dir, 'cleaned'), 'utf8');

describe('what a command writes is lost on a full disk', () => {
  const FULL = '/dev/full';
  it.each([
    ['stdout', 'what it found to standard output'],
    ['stderr', 'how it went to standard error'],
  ] as const)('%s: it cleans up, says so once on the other, and ends with 2', async (name, words) => {
    const full = openSync(FULL, 'w');
    const result = await execa(
      process.execPath,
      started(`process.${name}.write('a'); process.${name}.write('b'); process.exitCode = 1;`),
      { cwd: PROJECT, reject: false, [name]: full },
    );
    closeSync(full);
    expect(result.exitCode).toBe(2);
    expect(wasCleaned()).toBe('1');
    const told = String(name === 'stdout' ? result.stderr : result.stdout);
    expect(told.match(/couldn't write .*/g)).toEqual([
      expect.stringMatching(`^couldn't write ${words}: ENOSPC`),
    ]);
    expect(told).not.toContain('a fault of the harness');
  });

  it('both: it cleans up, and ends with 2', async () => {
    const full = openSync(FULL, 'w');
    const { exitCode } = await execa(
      process.execPath,
      started("process.stderr.write('a'); process.stdout.write('b');"),
      { cwd: PROJECT, reject: false, stdout: full, stderr: full },
    );
    closeSync(full);
    expect(exitCode).toBe(2);
    expect(wasCleaned()).toBe('0');
  });
});

it('a terminal that is closed: a command is interrupted, cleans up, and ends with 2', async () => {
  const code = join(dir, 'code');
  writeFileSync(
    join(dir, 'act.sh'),
    // Who leads the terminal's session is told that it is gone, and tells the command.
    `"$@" & trap "kill -HUP $!" HUP\nwait $!; wait $!\necho $? > ${code}.new && mv ${code}.new ${code}\n`,
  );
  const act = `for (let i = 0; i < 1_000 && !stop.signal.aborted; i++) { process.stderr.write('.'); await delay(20); }
    process.stderr.write('nobody reads this');
    process.exitCode = 2;`;
  const words = ['sh', join(dir, 'act.sh'), process.execPath, ...started(act)];
  // Nothing but `script` has the other end of the terminal.
  const terminal = execa('script', ['-qec', words.map(quoted).join(' '), '/dev/null'], {
    ...{ cwd: PROJECT, reject: false },
  });
  const { signal } = new AbortController();
  await once(terminal.stdout, 'data');
  terminal.kill('SIGKILL');
  await terminal;
  await until(() => Promise.resolve(existsSync(code) || undefined), {
    ...{ what: 'it has ended', timeoutMs: 60_000, signal },
  });
  expect(readFileSync(code, 'utf8').trim()).toBe('2');
  expect(wasCleaned()).toBe('2');
});

/** A word for a shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
