import type { Command } from 'commander';
import { Option } from 'commander';
import { PROBES } from '../conform/probes.ts';
import { parseCount } from './arguments.ts';
import type { ConformOptions } from './conform.ts';
import { terminalOutput } from './output.ts';

interface Asked {
  as: string;
  stack?: string;
  route: string[];
  openapi?: string;
  metricsPath: string;
  probes: number;
  iMayLoad?: string;
  format: 'text' | 'json';
  quiet?: true;
  verbose?: true;
}

/** `conform URL --as JOB`: holds a running service against the contract. */
export function addConformCommand(program: Command, stop: AbortSignal): void {
  program
    .command('conform')
    .description('hold a running service, in whatever language, against the contract')
    .argument('<url>', "the service's address")
    .requiredOption('--as <job>', 'the job of the contract that it is')
    .option('--stack <dir>', "the folder with the contract (default: this project's own)")
    .addOption(
      new Option('--route <template>', 'a route that is asked (GET); several times for several')
        .argParser((route: string, all: string[]) => [...all, route])
        .default([], "those of the service's OpenAPI document"),
    )
    .option('--openapi <file>', 'an OpenAPI document with its routes (default: it is asked)')
    .option('--metrics-path <path>', 'where it tells its metrics', '/metrics')
    .addOption(
      new Option('--probes <n>', 'how many unknown paths and ids are asked')
        .argParser(parseCount(0, 100_000))
        .default(PROBES),
    )
    .option('--i-may-load <host>', 'the host, once more, when it is not this machine')
    .addOption(
      new Option('--format <form>', 'how the findings are written')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--quiet', 'no progress')
    .option('--verbose', 'every finding, not the first few of each kind')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run conform -- http://127.0.0.1:8000 --as JOB\n  npm run conform -- ' +
        'http://127.0.0.1:8000 --as JOB --route /api/users/:id --route /api/events',
    )
    .action(async (url: string, asked: Asked) => {
      const { conform } = await import('./conform.ts');
      process.exitCode = await conform(
        optionsOf(url, asked),
        terminalOutput(asked.quiet ?? false),
        stop,
      );
    });
}

function optionsOf(url: string, asked: Asked): ConformOptions {
  const { route, quiet, verbose, ...rest } = asked;
  void quiet;
  return { url, ...rest, routes: route, verbose: verbose ?? false };
}
