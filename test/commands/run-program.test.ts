import { execa } from 'execa';
import { expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';

/** A program whose only act is this code. */
const PROGRAM = (act: string): string =>
  `import { Command } from 'commander';
   import { runProgram } from ${JSON.stringify(`${PROJECT}/src/commands/run-program.ts`)};
   const stop = new AbortController();
   await runProgram(new Command('x').action(async () => { ${act} }), stop);`;

it.each([
  ["setImmediate(() => { throw new Error('out of the blue'); });"],
  ["void Promise.reject(new Error('out of the blue'));"],
])('a fault of the harness itself ends with 2, never with 1: %s', async (act) => {
  const { exitCode, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', '--input-type', 'module', '--eval', PROGRAM(act)],
    { cwd: PROJECT, reject: false },
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a fault of the harness itself');
  expect(stderr).toContain('out of the blue');
});

it('a fault of the harness itself lets what runs clean up first', async () => {
  const act = `setImmediate(() => { throw new Error('out of the blue'); });
    await new Promise((resolve) => { stop.signal.addEventListener('abort', resolve); });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    process.stdout.write('cleaned up');
    process.exitCode = 0;`;
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', '--input-type', 'module', '--eval', PROGRAM(act)],
    { cwd: PROJECT, reject: false },
  );
  expect([exitCode, stdout]).toEqual([2, 'cleaned up']);
  expect(stderr.match(/out of the blue/g)).toHaveLength(1);
});

it('a disk without room is told with what to do about it', async () => {
  const act = "throw Object.assign(new Error('ENOSPC: no space left, write'), { code: 'ENOSPC' });";
  const { exitCode, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', '--input-type', 'module', '--eval', PROGRAM(act)],
    { cwd: PROJECT, reject: false, env: { GTV_RUNS: '/some/runs', TMPDIR: '/some/tmp' } },
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain('no space is left on a disk: ENOSPC');
  expect(stderr).toContain('where runs are kept (/some/runs) or temporary files (/some/tmp)');
});
