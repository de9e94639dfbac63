import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../src/commands/run-program.ts';
import { HarnessError, messageOf } from '../src/lib/errors.ts';
import type { Plan } from '../src/model/plan.ts';
import { judgementSchema } from '../src/model/verdict-schema.ts';
import { maintenance } from './maintenance.ts';
import { compareNights } from './nights/compare.ts';
import { figuresOf } from './nights/figures.ts';
import { addNight, forget, readHistory } from './nights/history.ts';
import { comparisonText } from './nights/table.ts';

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
  .action(async (run: string, options: { history: string; all?: true; accept?: true }) => {
    process.exitCode = await main(
      run,
      options.history,
      options.all ?? false,
      options.accept ?? false,
    );
  });
await runProgram(command);

async function main(
  runDir: string,
  historyPath: string,
  all: boolean,
  accept: boolean,
): Promise<0 | 1 | 2> {
  const parsed = judgementSchema.safeParse(await readJson(join(runDir, 'report.json')));
  if (!parsed.success)
    throw new HarnessError(
      `${runDir}/report.json is no report of this version: ${parsed.error.issues
        .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
        .slice(0, 3)
        .join('; ')}`,
      'Compare a run of this version.',
    );
  if (parsed.data.outcome !== 'pass')
    throw new HarnessError(
      `${runDir} is not of a good night: its outcome is ${parsed.data.outcome}`,
      'Only a run that passed says what is usual.',
    );
  if (parsed.data.selection !== null)
    throw new HarnessError(
      `${runDir} proved only a part: ${parsed.data.selection}`,
      'Compare a run without --only.',
    );
  const tonight = figuresOf(parsed.data, (await readJson(join(runDir, 'plan.json'))) as Plan);
  const history = readHistory(await readFile(historyPath, 'utf8').catch(nothingYet), historyPath);
  const comparison = compareNights(tonight, history);
  process.stdout.write(`${comparisonText(comparison, all)}\n`);
  const worse = comparison.figures.filter((figure) => figure.worse).map((figure) => figure.name);
  if (worse.length > 0 && !accept) return 1;
  await mkdir(dirname(historyPath), { recursive: true });
  await writeFile(historyPath, addNight(forget(history, worse), tonight.night));
  return 0;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new HarnessError(
      `${path} can't be read: ${messageOf(cause)}`,
      'Name the folder of a finished run.',
      { cause },
    );
  }
}

function nothingYet(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
