import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkStack, fixAll } from '../../check/index.ts';
import type { StackOptions } from '../../check/index.ts';
import type { CheckFile } from '../../model/check.ts';
import { checkMended } from '../../report/check/mended.ts';
import type { Output } from '../output.ts';

/**
 * Mends what can be mended, and says what it did with the lines that it changed.
 * @returns the files as they are now; with `dryRun` as they were
 */
export async function fix(
  files: CheckFile[],
  context: StackOptions,
  { dir, dryRun }: { dir: string; dryRun: boolean },
  output: Output,
): Promise<CheckFile[]> {
  const fixed = fixAll(files, (now) => checkStack(now, context).findings);
  output.error(checkMended(fixed.done, { dryRun }));
  if (dryRun) return files;
  await Promise.all(fixed.files.map((file) => writeFile(join(dir, file.path), file.text)));
  return files.map((file) => fixed.files.find((f) => f.path === file.path) ?? file);
}
