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
