import { execa } from 'execa';
import { expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';

/** A program whose only act is this code. */
const PROGRAM = (act: string): string =>
  `import { Command } from 'commander';
   import { runProgram } from ${JSON.stringify(`${PROJECT}/src/commands/run-program.ts`)};
   await runProgram(new Command('x').action(async () => { ${act} }));`;

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
