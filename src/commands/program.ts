import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '../lib/duration.ts';
import { addAttachCommand } from './attach-command.ts';
import { addDistributedOptions, withoutDistributed } from './capacity/distributed/options.ts';
import type { DistributedAsked } from './capacity/distributed/options.ts';
import type { CapacityOptions } from './capacity/options.ts';
import { ciOptions } from './ci.ts';
import type { CiAsked } from './ci.ts';
import { NPM_HELP, refuseWhatNpmTook } from './npm.ts';
import { terminalOutput } from './output.ts';
import { projectVersion } from './paths.ts';

/**
 * Every command with its arguments, options and help; sets the process's exit code when one has ended.
 * Each is loaded when it is called: `check` has to be there at once.
 * @param stop ends what is running, cleanly
 */
export function makeProgram(stop: AbortSignal): Command {
  const program = new Command('<command>')
    .description('Proves that an observability stack keeps its promises: from load to inbox.')
    .version(projectVersion())
    .configureHelp(NPM_HELP)
    .hook('preAction', (_, command) => refuseWhatNpmTook(command))
    .addHelpText('after', '\nExamples:\n  npm run verify\n  npm run verify -- --help');

  program
    .command('verify')
    .description('bring the stack up, provoke every alert, and judge what was recorded')
    .option('--stack <dir>', "the stack's folder (default: GT-Vision's own)")
    .addOption(
      new Option('--speed <n>', 'by how much every duration is divided')
        .argParser(parseSpeed)
        .default(60),
    )
    .addOption(new Option('--real-time', 'the same as --speed 1').conflicts('speed'))
    .addOption(
      new Option(
        '--runtime <name>',
        'where the stack runs (default: docker where an engine answers and has the images or can pull them, else native)',
      )
        .choices(['docker', 'native'])
        .env('GTV_RUNTIME'),
    )
    .addOption(
      new Option(
        '--only <name>',
        'prove only this: alerts, metrics, dashboards, or one by its name; several times for several',
      )
        .argParser((name: string, all: string[]) => [...all, name])
        .default([], 'everything'),
    )
    .option('--plan', 'print the plan and its critical path, and start nothing')
    .option('--quiet', 'no progress')
    .option('--verbose', 'a line for everything that is done to the world')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run verify\n  npm run verify -- --plan\n  npm run verify -- --real-time\n  npm run verify -- --runtime docker\n  npm run verify -- --only alert/HighErrorRate --only dashboards\n  npm run verify -- --stack ../other-stack --speed 30',
    )
    .action(
      async (
        options: {
          stack?: string;
          speed: number;
          realTime?: true;
          runtime?: 'docker' | 'native';
          only: string[];
          plan?: true;
          quiet?: true;
          verbose?: true;
        } & CiAsked,
      ) => {
        process.exitCode = await (
          await import('./verify.ts')
        ).verify(
          {
            ...(options.stack === undefined ? {} : { stack: options.stack }),
            speed: options.realTime ? 1 : options.speed,
            ...(options.runtime === undefined ? {} : { runtime: options.runtime }),
            only: options.only,
            plan: options.plan ?? false,
            verbose: options.verbose ?? false,
            ci: ciOptions(options),
          },
          terminalOutput(options.quiet ?? false),
          stop,
        );
      },
    );

  program
    .command('check')
    .description('tell what is wrong with a stack and can be known without starting it')
    .argument('[dir]', "the stack's folder (default: GT-Vision's own)")
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
    .option('--write-tests <file>', "keep the alerts' unit tests (promtool's format) here")
    .option('--no-promises', "don't run the alerts' unit tests")
    .addHelpText(
      'after',
      '\nExamples:\n  npm run check\n  npm run check -- ../other-stack --fix\n  npm run check -- ../other-stack --metrics api=api.prom\n  npm run -s check -- --format sarif > check.sarif\n  npm run check -- --write-tests alerts.test.yml',
    )
    .action(
      async (
        dir: string | undefined,
        options: {
          metrics: string[];
          format: 'text' | 'json' | 'sarif' | 'github';
          fix?: true;
          writeTests?: string;
          promises: boolean;
        },
      ) => {
        process.exitCode = await (
          await import('./check.ts')
        ).check({ ...(dir === undefined ? {} : { dir }), ...options }, terminalOutput(false));
      },
    );

  addAttachCommand(program, stop);

  const capacity = program
    .command('capacity')
    .description('find the highest load that holds, and what gives out first')
    .argument(
      '[dimensions...]',
      'requests, requests/backend, lpr-events, … (default: requests and lpr-events)',
    )
    .option('--stack <dir>', "the stack's folder (default: GT-Vision's own)")
    .option('--target <url>', 'load this URL instead of the stack’s own stand-ins')
    .option('--i-may-load <host>', 'the target is another machine, and may be loaded')
    .option('--baseline <file>', 'compare with the capacity.json of an earlier run')
    .option('--resume [run]', 'go on with a run that was interrupted (default: the newest)')
    .addOption(
      new Option('--repetitions <n>', 'how often the knee is looked for')
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
    .addOption(new Option('--max <load>', 'go no further').argParser(parseCount(1, 1e9)))
    .option('--no-alerting', "don't provoke alerts at 90% and 120% of the knee")
    .option('--list', 'tell which dimensions there are, and start nothing')
    .option('--quiet', 'no progress');
  addDistributedOptions(capacity, parseCount, parseTime)
    .addHelpText(
      'after',
      '\nExamples:\n  npm run capacity\n  npm run capacity -- requests/backend --no-alerting\n  npm run capacity -- --baseline runs/20300101-120000-ab12/capacity.json\n  npm run capacity -- --resume\n  npm run capacity -- --target http://127.0.0.1:8080/api/events\n  npm run capacity -- --target https://staging.example/api --i-may-load staging.example\n  npm run capacity -- --engine k6-operator --out load --rate 20000 --service backend=http://backend.gt-vision.svc:8000\n  npm run capacity -- --add-up load/parts.log',
    )
    .action(async (dimensions: string[], options: CapacityAsked & DistributedAsked) => {
      if (options.engine === 'k6-operator' || options.addUp) {
        process.exitCode = await (
          await import('./capacity/distributed/index.ts')
        ).distributed(options, terminalOutput(false));
        return;
      }
      const { warmUp, measure, list, quiet, ...others } = withoutDistributed(options);
      const asked = {
        dimensions,
        ...others,
        ...(warmUp === undefined ? {} : { warmUpMs: warmUp }),
        ...(measure === undefined ? {} : { measuredMs: measure }),
      };
      const output = terminalOutput(quiet ?? false);
      const commands = await import('./capacity/index.ts');
      process.exitCode = list
        ? await commands.listDimensions(asked, output)
        : await commands.capacity(asked, output, stop);
    });

  program
    .command('judge')
    .description('judge the stored evidence of a run again; starts nothing')
    .argument('<run>', "the run's folder, or its name under runs/")
    .addHelpText('after', '\nExample:\n  npm run judge -- runs/20300101-120000-ab12')
    .action(async (run: string, options: CiAsked) => {
      process.exitCode = await (
        await import('./judge.ts')
      ).judgeAgain(run, terminalOutput(false), ciOptions(options));
    });

  program
    .command('fetch')
    .description('fetch the programs of the native runtime into the cache, and check them')
    .option('--verify', 'check every program against its recorded checksum')
    .option('--fresh', 'throw the cache away and build it anew')
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  npm run fetch\n  npm run fetch -- --verify')
    .action(async (options: { verify?: true; fresh?: true; quiet?: true }) => {
      process.exitCode = await (
        await import('./fetch.ts')
      ).fetchPrograms(
        { verify: options.verify ?? false, fresh: options.fresh ?? false, signal: stop },
        terminalOutput(options.quiet ?? false),
      );
    });

  program
    .command('images')
    .description(
      'make the images that the stack pins from packages and this repository, where no registry can be reached',
    )
    .argument(
      '[names...]',
      'some of them: a name with or without its tag, or `services` (default: all)',
    )
    .option('--stack <dir>', "the folder whose compose.yaml pins them (default: GT-Vision's own)")
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
    .addHelpText(
      'after',
      '\nExamples:\n  npm run images\n  npm run images -- services\n  npm run images -- --list\n  npm run images -- prom/prometheus postgres --fresh\n  npm run images -- --pull\n  npm run images -- --remove',
    )
    .action(
      async (
        names: string[],
        options: {
          stack?: string;
          list?: true;
          pull?: true;
          fresh?: true;
          remove?: true;
          quiet?: true;
        },
      ) => {
        process.exitCode = await (
          await import('./images.ts')
        ).images({ names, ...options }, terminalOutput(options.quiet ?? false), stop);
      },
    );

  program
    .command('up')
    .description('bring the stack up and keep it, with an ordinary day of load, to look at')
    .option('--stack <dir>', "the stack's folder (default: GT-Vision's own)")
    .addOption(
      new Option('--speed <n>', 'by how much every duration is divided: 1 is real time')
        .argParser(parseSpeed)
        .default(60),
    )
    .option('--quiet', 'no progress')
    .addHelpText('after', '\nExamples:\n  npm run up\n  npm run up -- --speed 10')
    .action(async (options: { stack?: string; speed: number; quiet?: true }) => {
      process.exitCode = await (
        await import('./up.ts')
      ).up(options, terminalOutput(options.quiet ?? false), stop);
    });

  program
    .command('provoke')
    .description('make alerts happen in a stack that is up; without a name, tell which there are')
    .argument('[alerts...]', 'HighErrorRate, ServiceDown/ai, …')
    .option('--stop', 'take back what was provoked')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run provoke -- HighErrorRate\n  npm run provoke -- ServiceDown/ai\n  npm run provoke -- --stop',
    )
    .action(async (alerts: string[], options: { stop?: true }) => {
      process.exitCode = await (
        await import('./provoke.ts')
      ).provoke(alerts, options.stop ?? false, terminalOutput(false));
    });

  program
    .command('down')
    .description('end a stack that is up, and remove what killed runs have left')
    .addHelpText('after', '\nExample:\n  npm run down')
    .action(async () => {
      process.exitCode = await (await import('./down.ts')).down(terminalOutput(false));
    });

  for (const command of program.commands.filter((c) => ['verify', 'judge'].includes(c.name()))) {
    command
      .option('--annotations', "print GitHub's annotations (by itself in GitHub Actions)")
      .option('--no-annotations', 'print none, in GitHub Actions neither')
      .option('--summary <file>', 'write a summary in Markdown');
  }
  for (const command of program.commands) {
    command
      .showHelpAfterError(`(all options: npm run ${command.name()} -- --help)`)
      .addHelpText(
        'after',
        `\nExit codes: 0 all is well, 1 something is wrong, 2 it couldn't be judged or done.\nMore: docs/commands/${command.name()}.md`,
      );
  }
  return program;
}

/** The options of `capacity` as they were written. */
interface CapacityAsked extends Omit<CapacityOptions, 'dimensions' | 'warmUpMs' | 'measuredMs'> {
  warmUp?: number;
  measure?: number;
  list?: true;
  quiet?: true;
}

function parseCount(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

function parseTime(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === undefined || ms < 1_000 || ms > 3_600_000)
    throw new InvalidArgumentError('Expected a duration from 1s to 1h, such as 5s.');
  return ms;
}

function collectMetrics(pair: string, before: string[]): string[] {
  if (!/^[^=]+=.+$/.test(pair)) throw new InvalidArgumentError('Expected JOB=FILE.');
  return [...before, pair];
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed < 1 || speed > 600)
    throw new InvalidArgumentError('Expected a number from 1 to 600.');
  return speed;
}
