import { runProgram } from '../src/commands/run-program.ts';
import { maintenance } from './maintenance.ts';
import { compareRun } from './nights/compare-run.ts';
import type { Comparing } from './nights/compare-run.ts';

const command = maintenance(
  'compare-nights',
  "Compares a run's figures with those of the last good nights. A night is added to the " +
    'history when it passed and no figure got worse.',
)
  .argument('<run>', "the run's folder, with its plan.json and report.json")
  .requiredOption(
    '--history <file>',
    "the good nights, one a line (JSON); made when it isn't there",
  )
  .option('--all', 'print all figures, not only those that got worse')
  .option(
    '--accept',
    'that is how it is now: what got worse is forgotten of the nights before, and learnt anew',
  )
  .addHelpText(
    'after',
    '\nExample:\n  npm run compare-nights -- --history nights/history.jsonl runs/RUN\n\nExit ' +
      "codes: 0 nothing got worse, 1 something did, 2 couldn't compare.",
  )
  .action(async (run: string, options: Comparing) => {
    const { text, exitCode } = await compareRun(run, options);
    process.stdout.write(`${text}\n`);
    process.exitCode = exitCode;
  });
await runProgram(command);
