import { Option } from 'commander';
import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

interface Asked {
  format: 'text' | 'json';
  quiet?: boolean;
  dryRun?: boolean;
}

/**
 * `init`: what a stack promises, written beside it: for each alert a world in which it fires, or
 * why there is none.
 */
export function addInitCommand(program: Command, stop: AbortSignal): void {
  program
    .command('init')
    .description(
      'write contract.yaml beside a stack: for each alert when it fires, confirmed by promtool',
    )
    .argument('[dir]', "the stack's folder (default: this project's own)")
    .addOption(
      new Option('--format <form>', 'how the result is written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--dry-run', 'show what contract.yaml would be, and write nothing')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run init -- ../other-stack\n  npm run -s init -- ../other-stack --format json > alerts.json',
    )
    .action(async (dir: string | undefined, { format, quiet = false, dryRun = false }: Asked) => {
      const { init } = await import('./init/index.ts');
      const output = terminalOutput(quiet);
      process.exitCode = await init(
        { ...(dir === undefined ? {} : { dir }), format, dryRun },
        output,
        stop,
      );
    });
}
