import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { collect } from './arguments.ts';
import type { CheckOptions } from './check.ts';
import { terminalOutput } from './output.ts';

type Asked = Omit<CheckOptions, 'dir'>;

/** `check [DIR]`: what can be known of a stack's files without starting anything. */
export function addCheckCommand(program: Command, stop: AbortSignal): void {
  program
    .command('check')
    .description('tell what is wrong with a stack and can be known without starting it')
    .argument('[dir]', "the stack's folder (default: this project's own)")
    .addOption(
      new Option(
        '--metrics <job=file>',
        "a job's saved /metrics text, where there is no contract; several times for several",
      )
        .argParser(collectMetrics)
        .default([], 'none'),
    )
    .addOption(
      new Option('--format <form>', 'how the findings are written')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .option('--fix', 'mend what can be mended without changing what is meant')
    .option('--dry-run', 'show what --fix would change, with its lines, and change nothing')
    .option('--baseline <file>', 'leave out the findings that this file holds')
    .option('--write-baseline <file>', 'keep the findings of now in such a file')
    .option(
      '--production',
      "also what is still the example's: placeholders, addresses, secrets, volumes",
    )
    .option('--verbose', 'every finding for itself, not the first few of each rule')
    .option('--write-tests <file>', "keep the alerts' unit tests (promtool's format) here")
    .option('--no-promises', "don't run the alerts' unit tests")
    .option('--no-second-opinion', "don't ask promtool and amtool what they refuse")
    .addHelpText('after', EXAMPLES)
    .action(async (dir: string | undefined, asked: Asked) => {
      if (asked.dryRun && !asked.fix)
        throw new InvalidArgumentError('--dry-run shows what --fix would do: name both.');
      const { check } = await import('./check.ts');
      process.exitCode = await check(
        { ...(dir === undefined ? {} : { dir }), ...asked },
        terminalOutput(false),
        stop,
      );
    });
}

const EXAMPLES = `
Examples:
  npm run check
  npm run check -- ../other-stack --fix --dry-run
  npm run check -- ../other-stack --write-baseline check-baseline.json
  npm run check -- ../other-stack --baseline check-baseline.json
  npm run check -- --production
  npm run check -- ../other-stack --metrics api=api.prom
  npm run -s check -- --format sarif > check.sarif
  npm run check -- --write-tests alerts.test.yml`;

function collectMetrics(pair: string, before: string[]): string[] {
  if (!/^[^=]+=.+$/.test(pair)) throw new InvalidArgumentError('Expected JOB=FILE.');
  return collect(pair, before);
}
