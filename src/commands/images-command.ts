import { Option } from 'commander';
import type { Command } from 'commander';
import { terminalOutput } from './output.ts';

interface Asked {
  stack?: string;
  list?: true;
  pull?: true;
  fresh?: true;
  remove?: true;
  quiet?: true;
}

/** `images [NAMES]`: the images that a stack pins, made where no registry can be reached. */
export function addImagesCommand(program: Command, stop: AbortSignal): void {
  program
    .command('images')
    .description(
      'make the images that the stack pins from packages and this repository, where no registry ' +
        'can be reached',
    )
    .argument(
      '[names...]',
      'some of them: a name with or without its tag, or `services` (default: all)',
    )
    .option(
      '--stack <dir>',
      "the folder whose compose.yaml pins them (default: this project's own)",
    )
    .option('--list', 'only tell what is there')
    .option('--pull', 'pull what the engine can reach, and make only the rest')
    .option('--fresh', "make them anew; with a name, even where its maker's own image is")
    .addOption(
      new Option('--remove', 'remove what was made here, and nothing else').conflicts([
        'list',
        'pull',
        'fresh',
      ]),
    )
    .option('--quiet', 'no progress')
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], asked: Asked) => {
      const { images } = await import('./images.ts');
      const output = terminalOutput(asked.quiet ?? false);
      process.exitCode = await images({ names, ...asked }, output, stop);
    });
}

const EXAMPLES = `
Examples:
  npm run images
  npm run images -- services
  npm run images -- --list
  npm run images -- prom/prometheus postgres --fresh
  npm run images -- --pull
  npm run images -- --remove`;
