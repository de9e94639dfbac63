import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { scoreOf } from '../../lib/mutation-score.ts';
import type { MutationResult } from '../../model/mutation.ts';
import { wronglyDeclared } from '../../mutate/declared.ts';
import { mutationJson } from '../../report/mutate/json.ts';
import { mutationPage } from '../../report/mutate/page.ts';
import { strykerJson } from '../../report/mutate/stryker.ts';
import { mutationText } from '../../report/mutate/text.ts';
import type { Stack } from '../../stack/index.ts';
import type { Output } from '../output.ts';
import { reportAssets } from '../report-assets.ts';
import type { MutateOptions } from './options.ts';

/**
 * Tells the result.
 * @param dir the stack's folder
 * @returns 0 the score is high enough, 1 it isn't or a rule can't be read, 2 it isn't known
 */
export async function conclude(
  result: MutationResult,
  stack: Stack,
  dir: string,
  { format, html, stryker, verbose, minScore }: MutateOptions,
  output: Output,
): Promise<0 | 1 | 2> {
  const { left, unread } = result;
  const score = scoreOf(result.results);
  output.print(
    format === 'json'
      ? mutationJson(result, score).trimEnd()
      : mutationText(result, { color: output.color, width: output.width, verbose }),
  );
  if (stryker !== undefined) await write(stryker, strykerOf(result, stack));
  if (html !== undefined)
    await write(html, mutationPage(result, basename(dir), await reportAssets()));
  if (left > 0) {
    output.error(
      `interrupted: ${left} mutants are not judged; what is judged is kept\nGo on where it ` +
        'ended: the same command with --resume',
    );
    return 2;
  }
  if (score.score === null)
    throw new HarnessError(
      'nothing could be judged',
      'The reasons stand above: an alert has to be provable before a mistake in it can be noticed.',
    );
  const wrong = wronglyDeclared(result.results, stack.contract?.equivalent ?? []);
  for (const { mutant, because } of wrong)
    output.error(
      `declared to mean the same, and noticed: ${mutant.subject}, ${mutant.was} → ` +
        `${mutant.becomes} [${mutant.operator}]: ${because}`,
    );
  const isClear = wrong.length === 0 && unread.length === 0;
  return score.score * 100 >= minScore && isClear ? 0 : 1;
}

function strykerOf(result: MutationResult, stack: Stack): string {
  return strykerJson(result, new Map(stack.files.map(({ path, text }) => [path, text])));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(path), text);
  } catch (error) {
    throw new HarnessError(
      `${path} can't be written: ${messageOf(error)}`,
      'Name a file in a folder that may be written.',
    );
  }
}
