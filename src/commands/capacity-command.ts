import { Option } from 'commander';
import type { Command } from 'commander';
import { parseCount, parseTime } from './arguments.ts';
import { LOADED_SERVICES } from '../capacity/k6-operator/routes.ts';
import { addDistributedOptions, withoutDistributed } from './capacity/distributed/options.ts';
import type { DistributedAsked } from './capacity/distributed/options.ts';
import type { CapacityOptions } from './capacity/options.ts';
import { terminalOutput } from './output.ts';

/** The options as they were written. */
interface Asked
  extends Omit<CapacityOptions, 'dimensions' | 'warmUpMs' | 'measuredMs'>, DistributedAsked {
  warmUp?: number;
  measure?: number;
  list?: true;
  quiet?: true;
}

/** `capacity [DIMENSIONS]`: how much load the stack bears. */
export function addCapacityCommand(program: Command, stop: AbortSignal): void {
  const command = program
    .command('capacity')
    .description('find the highest load that holds, and what gives out first')
    .argument(
      '[dimensions...]',
      'requests, requests/SERVICE, targets, … (default: requests, and the events that services take)',
    )
    .option('--stack <dir>', "the stack's folder (default: this project's own)")
    .option('--target <url>', 'load this URL instead of the stack’s own stand-ins')
    .option('--i-may-load <host>', 'the target is another machine, and may be loaded')
    .option('--baseline <file>', 'compare with the capacity.json of an earlier run')
    .option('--resume [run]', 'go on with a run that was interrupted (default: the newest)');
  addSearchOptions(command)
    .option('--no-alerting', "don't provoke alerts at 90% and 120% of the saturation point")
    .option('--list', 'tell which dimensions there are, and start nothing')
    .option('--quiet', 'no progress');
  addDistributedOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (dimensions: string[], asked: Asked) => {
      process.exitCode = await run(dimensions, asked, stop);
    });
}

function addSearchOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--repetitions <n>', 'how often the saturation point is looked for')
        .argParser(parseCount(1, 20))
        .default(3),
    )
    .addOption(
      new Option('--warm-up <duration>', 'before each load is measured').argParser(parseTime),
    )
    .addOption(
      new Option('--measure <duration>', 'how long each load is measured').argParser(parseTime),
    )
    .addOption(new Option('--start <load>', 'the first load').argParser(parseCount(1, 1e9)))
    .addOption(new Option('--max <load>', 'go no further').argParser(parseCount(1, 1e9)));
}

const SERVICE = LOADED_SERVICES[0] ?? 'NAME';
const EXAMPLES = `
Examples:
  npm run capacity
  npm run capacity -- rules viewers
  npm run capacity -- --baseline runs/20300101-120000-ab12/capacity.json
  npm run capacity -- --resume
  npm run capacity -- --target http://127.0.0.1:8080/api/items
  npm run capacity -- --target https://staging.example/api --i-may-load staging.example
  npm run capacity -- --engine k6-operator --out load --rate 20000 --service ${SERVICE}=http://api.example:8000
  npm run capacity -- --add-up load/parts.log`;

/** @returns the exit code */
async function run(dimensions: string[], asked: Asked, stop: AbortSignal): Promise<number> {
  if (asked.engine === 'k6-operator' || asked.addUp) {
    const { distributed } = await import('./capacity/distributed/index.ts');
    return distributed(asked, terminalOutput(false));
  }
  const { warmUp, measure, list, quiet, ...others } = withoutDistributed(asked);
  const options = {
    dimensions,
    ...others,
    ...(warmUp === undefined ? {} : { warmUpMs: warmUp }),
    ...(measure === undefined ? {} : { measuredMs: measure }),
  };
  const output = terminalOutput(quiet ?? false);
  if (list) return (await import('./capacity/list.ts')).listDimensions(options, output);
  return (await import('./capacity/index.ts')).capacity(options, output, stop);
}
