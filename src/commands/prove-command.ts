import { Option } from 'commander';
import type { Command } from 'commander';
import { collect, parseSpeed, parseTime } from './arguments.ts';
import { addCiOptions, ciOptions } from './ci-options.ts';
import type { CiAsked } from './ci-options.ts';
import { terminalOutput } from './output.ts';

interface Asked extends CiAsked {
  within: number;
  speed?: number;
  only: string[];
  metrics: string[];
  format: 'text' | 'json';
  quiet?: true;
}

/** How long a proof may take unless told otherwise, ms. */
export const WITHIN_MS = 180_000;

/** `prove`: any stack's alerts, without a contract. */
export function addProveCommand(program: Command, stop: AbortSignal): void {
  const command = program
    .command('prove')
    .description('prove the alerts of any stack, without a contract: from scrape to receiver')
    .argument('<dir>', "the stack's folder")
    .addOption(withinOption())
    .addOption(
      new Option(
        '--speed <n>',
        'by how much every duration is divided (default: what fits)',
      ).argParser(parseSpeed),
    )
    .addOption(
      new Option('--only <name>', 'prove only this alert; several times for several')
        .argParser(collect)
        .default([], 'all'),
    )
    .addOption(metricsOption())
    .addOption(formatOption())
    .option('--quiet', 'no progress');
  addCiOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  npm run prove -- ../other-stack\n  npm run -s prove -- ../other-stack --format json > proof.json',
    )
    .action(async (dir: string, { quiet = undefined, speed, ...asked }: Asked) => {
      const { prove } = await import('./prove.ts');
      process.exitCode = await prove(
        {
          dir,
          withinMs: asked.within,
          only: asked.only,
          metrics: asked.metrics,
          format: asked.format,
          ci: ciOptions(asked),
          ...(speed === undefined ? {} : { speed }),
        },
        terminalOutput(quiet ?? false),
        stop,
      );
    });
}

/** `--within`: a duration of the real clock, taken as ms. */
export function withinOption(): Option {
  return new Option('--within <duration>', 'how long the live part of a proof may take')
    .argParser(parseTime)
    .default(WITHIN_MS, '3m');
}

/** `--metrics`: texts `JOB=FILE`, as they were given. */
export function metricsOption(): Option {
  return new Option(
    '--metrics <job=file>',
    "a job's saved /metrics text, which its synthetic targets export; several times for several",
  )
    .argParser(collect)
    .default([], 'none');
}

/** `--format`: text for people, or JSON for programs. */
export function formatOption(): Option {
  return new Option('--format <form>', 'how the result of a proof without a contract is written')
    .choices(['text', 'json'])
    .default('text');
}
