import { Option } from 'commander';
import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

interface Asked {
  format: 'text' | 'json';
  quiet?: boolean;
}

/** `init`: for each alert of a stack a world in which it fires, or why there is none. */
export function addInitCommand(program: Command, stop: AbortSignal): void {
  program
    .command('init')
    .description('find for each alert of a stack a world in which it fires, confirmed by promtool')
    .argument('[dir]', "the stack's folder (default: this project's own)")
    .addOption(
      new Option('--format <form>', 'how the result is written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run init -- ../other-stack\n  npm run -s init -- ../other-stack --format json > alerts.json',
    )
    .action(async (dir: string | undefined, { format, quiet = false }: Asked) => {
      const { init } = await import('./init.ts');
      const output = terminalOutput(quiet);
      process.exitCode = await init(
        { ...(dir === undefined ? {} : { dir }), format },
        output,
        stop,
      );
    });
}
