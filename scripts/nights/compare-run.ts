import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError, messageOf } from '../../src/lib/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import { judgementSchema } from '../../src/model/verdict-schema.ts';
import { compareNights } from './compare.ts';
import { figuresOf } from './figures.ts';
import { addNight, forget, readHistory } from './history.ts';
import { comparisonText } from './table.ts';

/** How a run is compared. */
export interface Comparing {
  /** Path of the good nights; made when it isn't there. */
  history: string;
  /** Tell all figures, not only those that got worse. */
  all?: boolean;
  /** What got worse is how it is now: it is forgotten of the nights before. */
  accept?: boolean;
}

/**
 * Compares a run with the good nights before it, and adds it to them unless something got worse.
 * @returns what is told of it, and the exit code
 * @throws HarnessError when it is no whole run that passed
 */
export async function compareRun(
  runDir: string,
  { history: historyPath, all = false, accept = false }: Comparing,
): Promise<{ text: string; exitCode: 0 | 1 }> {
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
  const text = comparisonText(comparison, all);
  const worse = comparison.figures.filter((figure) => figure.worse).map((figure) => figure.name);
  if (worse.length > 0 && !accept) return { text, exitCode: 1 };
  await mkdir(dirname(historyPath), { recursive: true });
  await writeFile(historyPath, addNight(forget(history, worse), tonight.night));
  return { text, exitCode: 0 };
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
