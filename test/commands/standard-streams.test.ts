import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const acts = (redirected: string, act: string) =>
    execa('sh', ['-c', `exec "$@" ${redirected}`, 'sh', process.execPath, ...started(act)], {
      ...{ cwd: PROJECT, reject: false, all: true },
    });

  it.each([
    ['stdout', '>/dev/full', 'what it found to standard output'],
    ['stderr', '2>/dev/full', 'how it went to standard error'],
  ])('%s: it cleans up, says so once on the other, and ends with 2', async (name, to, words) => {
    const act = `process.${name}.write('a'); process.${name}.write('b'); process.exitCode = 1;`;
    const { exitCode, all } = await acts(to, act);
    expect([exitCode, wasCleaned()]).toEqual([2, '1']);
    expect(all.match(/couldn't write .*/g)).toEqual([
      expect.stringMatching(`^couldn't write ${words}: ENOSPC`),
    ]);
    expect(all).not.toContain('a fault of the harness');
  });

  it('both: it cleans up, and ends with 2', async () => {
    const act = "process.stderr.write('a'); process.stdout.write('b');";
    const { exitCode } = await acts('>/dev/full 2>&1', act);
    expect([exitCode, wasCleaned()]).toEqual([2, '0']);
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
