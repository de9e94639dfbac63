import type { Command } from 'commander';
import { addCiOptions, ciOptions } from './ci-options.ts';
import type { CiAsked } from './ci-options.ts';
import { terminalOutput } from './output.ts';

/** `judge RUN`: the verdicts again, from the evidence that is kept. */
export function addJudgeCommand(program: Command, stop: AbortSignal): void {
  const command = program
    .command('judge')
    .description('judge the stored evidence of a run again; starts nothing')
    .argument('[run]', "the run's folder, or its name under runs/ (default: the newest)");
  addCiOptions(command)
    .option('--verbose', 'the tables of all that was judged too')
    .addHelpText('after', '\nExample:\n  npm run judge -- runs/20300101-120000-ab12')
    .action(async (run: string | undefined, asked: CiAsked & { verbose?: true }) => {
      const { judgeAgain } = await import('./judge.ts');
      process.exitCode = await judgeAgain(
        run,
        terminalOutput(false),
        ciOptions(asked),
        asked.verbose ?? false,
        stop,
      );
    });
}
