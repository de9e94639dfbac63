import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { collect, parseCount } from './arguments.ts';
import type { MutateOptions } from './mutate/options.ts';
import { terminalOutput } from './output.ts';

interface Asked extends Omit<MutateOptions, 'verbose' | 'resume' | 'all' | 'causes'> {
  quiet?: true;
  verbose?: true;
  resume?: true;
  all?: true;
  causes?: true;
}

/** `mutate`: what of a stack's rules could be got wrong without anybody noticing. */
export function addMutateCommand(program: Command, stop: AbortSignal): void {
  program
    .command('mutate')
    .description(
      "get a stack's rules and routes wrong in one place at a time, and tell what goes unnoticed",
    )
    .option('--stack <dir>', "the stack's folder (default: this project's own)")
    .addOption(
      new Option('--only <name>', 'only this rule, or this kind of mistake; several times')
        .argParser(collect)
        .default([], 'everything'),
    )
    .addOption(
      new Option('--sample <n>', 'so many mutants, drawn at random').argParser(parseCount(1, 1e9)),
    )
    .option('--all', 'all mutants, however many; of more than 3,000 a sample is drawn else')
    .addOption(
      new Option('--seed <n>', 'what they are drawn by').argParser(parseCount(0, 1e9)).default(1),
    )
    .addOption(
      new Option(
        '--tests <file>',
        'score these promtool tests instead of the own promises; several times',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--run <run>', 'judge services too, and panels that no example tells of, by this run')
    .option('--resume', 'go on where a call for this stack was interrupted')
    .addOption(
      new Option('--min-score <percent>', 'exit code 1 below it').argParser(percent).default(0),
    )
    .addOption(
      new Option('--format <form>', 'how the result is written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--html <file>', 'write the result as one page, what goes unnoticed first')
    .option('--stryker <file>', "write a report for Stryker's mutation-testing viewer")
    .option('--causes', 'how often what notices a mistake names what was got wrong')
    .option('--quiet', 'no progress')
    .option('--verbose', 'every survivor, every undecided mutant, every score')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run mutate\n  npm run mutate -- --stack ../other-stack --min-score ' +
        '90\n  npm run mutate -- --only HighErrorRate --only limit-moved',
    )
    .action(async (asked: Asked) => {
      const { quiet, verbose = false, resume = false, all = false, causes = false } = asked;
      const { mutate } = await import('./mutate/index.ts');
      const options = { ...asked, verbose, resume, all, causes };
      process.exitCode = await mutate(options, terminalOutput(quiet ?? false), stop);
    });
}

function percent(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('Expected per cent, 0 to 100.');
  return value;
}
