import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

/** `down`: ends what is up, and removes what killed runs have left. */
export function addDownCommand(program: Command, stop: AbortSignal): void {
  program
    .command('down')
    .description('end a stack that is up, and remove what killed runs have left')
    .addHelpText('after', '\nExample:\n  npm run down')
    .action(async () => {
      const { down } = await import('./down.ts');
      process.exitCode = await down(terminalOutput(false), stop);
    });
}
