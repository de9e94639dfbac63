import { Option } from 'commander';
import type { Command } from 'commander';
import { parseSpeed } from './arguments.ts';
import { terminalOutput } from './output.ts';

interface Asked {
  stack?: string;
  speed: number;
  quiet?: true;
}

/** `up`: the stack, kept, to look at. */
export function addUpCommand(program: Command, stop: AbortSignal): void {
  program
    .command('up')
    .description('bring the stack up and keep it, with an ordinary day of load, to look at')
    .option('--stack <dir>', "the stack's folder (default: this project's own)")
    .addOption(
      new Option('--speed <n>', 'by how much every duration is divided: 1 is real time')
        .argParser(parseSpeed)
        .default(60),
    )
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  npm run up\n  npm run up -- --speed 10')
    .action(async (asked: Asked) => {
      const { up } = await import('./up.ts');
      process.exitCode = await up(asked, terminalOutput(asked.quiet ?? false), stop);
    });
}
