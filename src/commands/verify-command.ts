import { Option } from 'commander';
import type { Command } from 'commander';
import { HarnessError } from '../lib/errors.ts';
import { collect, parseCount, parseSpeed } from './arguments.ts';
import { addCiOptions, ciOptions } from './ci-options.ts';
import type { CiAsked } from './ci-options.ts';
import { terminalOutput } from './output.ts';
import { formatOption, metricsOption, withinOption } from './prove-command.ts';

interface Asked extends CiAsked {
  stack?: string;
  speed?: number;
  worlds?: number;
  realTime?: true;
  runtime?: 'docker' | 'native';
  only: string[];
  metrics: string[];
  plan?: true;
  within: number;
  format: 'text' | 'json';
  quiet?: true;
  verbose?: true;
}

/** `verify`: the proof. */
export function addVerifyCommand(program: Command, stop: AbortSignal): void {
  const command = program
    .command('verify')
    .description('bring the stack up, provoke every alert, and judge what was recorded')
    .option('--stack <dir>', "the stack's folder (default: this project's own)")
    .addOption(
      new Option(
        '--speed <n>',
        'by how much every duration is divided (default: auto, what the machine bears)',
      ).argParser(parseAutoSpeed),
    )
    .addOption(new Option('--real-time', 'the same as --speed 1').conflicts('speed'))
    .addOption(
      new Option(
        '--worlds <n>',
        'in how many worlds side by side, native runtime (default: what the machine bears)',
      ).argParser(parseCount(1, 2)),
    )
    .addOption(runtimeOption())
    .addOption(
      new Option(
        '--only <name>',
        'prove only this: alerts, metrics, dashboards, or one by its name; several times for several',
      )
        .argParser(collect)
        .default([], 'everything'),
    )
    .option('--plan', 'print the plan and its critical path, and start nothing')
    .addOption(withinOption())
    .addOption(metricsOption())
    .addOption(formatOption())
    .option('--quiet', 'no progress')
    .option('--verbose', 'a line for everything that is done to the world, and tables at the end');
  addCiOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((asked: Asked) => run(asked, stop));
}

const EXAMPLES = `
Examples:
  npm run verify
  npm run verify -- --plan
  npm run verify -- --real-time
  npm run verify -- --runtime docker
  npm run verify -- --only alert/HighErrorRate --only dashboards
  npm run verify -- --stack ../other-stack --speed 30`;

function runtimeOption(): Option {
  return new Option(
    '--runtime <name>',
    'where the stack runs (default: docker where an engine answers and has the images or can ' +
      'pull them, else native)',
  )
    .choices(['docker', 'native'])
    .env('GTV_RUNTIME');
}

async function run(asked: Asked, stop: AbortSignal): Promise<void> {
  const output = terminalOutput(asked.quiet ?? false);
  const proof = asked.stack === undefined ? undefined : await import('./prove.ts');
  if (proof && asked.stack !== undefined && (await proof.isWithoutComponents(asked.stack))) {
    refusePlan(asked.stack, asked.plan);
    process.exitCode = await proof.prove(
      {
        dir: asked.stack,
        withinMs: asked.within,
        only: asked.only,
        metrics: asked.metrics,
        format: asked.format,
        ci: ciOptions(asked),
        ...speedOf(asked),
      },
      output,
      stop,
    );
    return;
  }
  const { verify } = await import('./verify.ts');
  process.exitCode = await verify(
    {
      ...(asked.stack === undefined ? {} : { stack: asked.stack }),
      pace: {
        ...speedOf(asked),
        ...(asked.worlds === undefined ? {} : { worlds: asked.worlds }),
      },
      ...(asked.runtime === undefined ? {} : { runtime: asked.runtime }),
      only: asked.only,
      plan: asked.plan ?? false,
      verbose: asked.verbose ?? false,
      ci: ciOptions(asked),
    },
    output,
    stop,
  );
}

/**
 * Who asks for the plan wants nothing started, and without components there is none before all
 * alerts are solved.
 */
function refusePlan(stack: string, plan: true | undefined): void {
  if (plan)
    throw new HarnessError(
      `--plan: no component is named in ${stack}, and without them there is no plan to print`,
      `Prove it (npm run prove -- ${stack}), or see what is understood of it (npm run check -- ${stack}).`,
    );
}

/** `auto`, or a number. */
function parseAutoSpeed(text: string): number | undefined {
  return text === 'auto' ? undefined : parseSpeed(text);
}

/** The speed that was asked for, if one was. */
function speedOf({ realTime, speed }: Asked): { speed?: number } {
  if (realTime) return { speed: 1 };
  return speed === undefined ? {} : { speed };
}
