import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addVerifyCommand } from '../../src/commands/verify-command.ts';

it('a stack without components has no plan that could be printed, and nothing is started', async () => {
  const program = new Command();
  addVerifyCommand(program, new AbortController().signal);
  const asked = ['verify', '--stack', 'test/stacks/shop', '--plan'];
  await expect(program.parseAsync(asked, { from: 'user' })).rejects.toThrow(/no plan to print/);
});
