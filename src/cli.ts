import { Command, InvalidArgumentError, Option } from 'commander';
import { terminalOutput } from './commands/output.ts';
import { HarnessError, messageOf } from './lib/errors.ts';

// Arguments, signals and the exit code: nothing else. Each command is loaded when it is called: `check` has to be there at once.
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stop.abort(new HarnessError(`interrupted by ${name}`, 'What a run had recorded until then is in its run folder.')));
}

const program = new Command('gtv')
  .description("Proves that an observability stack keeps its promises: from load to inbox.\nExit codes: 0 all proven, 1 something failed, 2 couldn't judge.")
  .showSuggestionAfterError(true)
  .showHelpAfterError('(see --help)')
  .exitOverride((error) => {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    throw error;
  });

program
  .command('verify')
  .description('bring the stack up, provoke every alert, and judge what was recorded')
  .option('--stack <dir>', "the stack's folder (default: GT-Vision's own)")
  .addOption(new Option('--speed <n>', 'by how much every duration is divided').argParser(parseSpeed).default(60))
  .addOption(new Option('--real-time', 'the same as --speed 1').conflicts('speed'))
  .option('--plan', 'print the plan and its critical path, and start nothing')
  .option('--quiet', 'no progress')
  .addHelpText('after', '\nExamples:\n  npm run verify\n  npm run verify -- --plan\n  npm run verify -- --real-time\n  npm run verify -- --stack ../other-stack --speed 30')
  .action(async (options: { stack?: string; speed: number; realTime?: true; plan?: true; quiet?: true }) => {
    const { verify } = await import('./commands/verify.ts');
    process.exitCode = await verify({ ...(options.stack === undefined ? {} : { stack: options.stack }), speed: options.realTime ? 1 : options.speed, plan: options.plan ?? false }, terminalOutput(options.quiet ?? false), stop.signal);
  });

program
  .command('check')
  .description('tell what is wrong with a stack and can be known without starting it')
  .argument('[dir]', "the stack's folder (default: GT-Vision's own)")
  .option('--metrics <job=file>', "a job's saved /metrics text, when there is no contract; may be given again", collectMetrics, [])
  .addHelpText('after', '\nExamples:\n  npm run check\n  npm run check -- ../other-stack\n  npm run check -- ../other-stack --metrics api=api.prom')
  .action(async (dir: string | undefined, options: { metrics: string[] }) => {
    const { check } = await import('./commands/check.ts');
    process.exitCode = await check({ ...(dir === undefined ? {} : { dir }), ...options }, terminalOutput(false));
  });

program
  .command('judge')
  .description('judge the stored evidence of a run again; starts nothing')
  .argument('<run>', "the run's folder, or its name under runs/")
  .addHelpText('after', '\nExample:\n  npm run judge -- runs/20300101-120000-ab12')
  .action(async (run: string) => {
    const { judgeAgain } = await import('./commands/judge.ts');
    process.exitCode = await judgeAgain(run, terminalOutput(false));
  });

program
  .command('fetch')
  .description('fetch the programs of the native runtime into the cache, and check them')
  .option('--verify', 'check every program against its recorded checksum')
  .option('--fresh', 'throw the cache away and build it anew')
  .addHelpText('after', '\nExample:\n  npm run fetch -- --verify')
  .action(async (options: { verify?: true; fresh?: true }) => {
    const { fetchPrograms } = await import('./commands/fetch.ts');
    process.exitCode = await fetchPrograms({ verify: options.verify ?? false, fresh: options.fresh ?? false, signal: stop.signal, print: terminalOutput(false).print });
  });

program
  .command('down')
  .description('remove what killed runs have left')
  .action(async () => {
    const { down } = await import('./commands/down.ts');
    process.exitCode = await down(terminalOutput(false));
  });

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own message and set the exit code.
  if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('commander.'))) {
    process.exitCode = 2;
    process.stderr.write(`${messageOf(error)}\n${error instanceof HarnessError ? `${error.advice}\n` : ''}`);
  }
}

function collectMetrics(pair: string, before: string[]): string[] {
  if (!/^[^=]+=.+$/.test(pair)) throw new InvalidArgumentError('Expected JOB=FILE.');
  return [...before, pair];
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed < 1 || speed > 600) throw new InvalidArgumentError('Expected a number from 1 to 600.');
  return speed;
}
