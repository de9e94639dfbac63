import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { baselineOf, isBaseline } from '../../check/index.ts';
import type { Baseline } from '../../check/index.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { CheckFinding } from '../../model/check.ts';
import type { Output } from '../output.ts';

/** @throws HarnessError when there is no such file, or it is no baseline */
export async function readBaseline(path: string): Promise<Baseline> {
  const advice = 'Write one first: npm run check -- DIR --write-baseline FILE.';
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new HarnessError(`the baseline ${path} can't be read: ${messageOf(error)}`, advice);
  });
  const value = parsed(text);
  if (!isBaseline(value)) throw new HarnessError(`${path} is no baseline of check's`, advice);
  return value;
}

/** Keeps the findings of now. @throws HarnessError when the file can't be written */
export async function writeBaseline(
  path: string,
  findings: CheckFinding[],
  output: Output,
): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(baselineOf(findings), null, 2)}\n`);
  } catch (error) {
    throw new HarnessError(
      `the baseline can't be written: ${messageOf(error)}`,
      'Name a file in a folder that may be written.',
    );
  }
  output.print(
    `wrote ${relative(process.cwd(), resolve(path))}: ${findings.length} findings, which --baseline leaves out`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
