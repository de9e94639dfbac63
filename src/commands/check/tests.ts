import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Promises, PromtoolRun, TestFile } from '../../check/index.ts';
import { formatDuration } from '../../lib/duration.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { Output } from '../output.ts';

/** Of a file's name. */
const ENDING = /(\.ya?ml)?$/;

/** Has promtool run the unit tests of alerts and panels, where it is there. */
export async function runTests(
  tests: Promises,
  dir: string,
  signal?: AbortSignal,
): Promise<PromtoolRun> {
  const { findPromtool, runPromtool } = await import('../promtool.ts');
  const promtool = await findPromtool();
  if (promtool === undefined)
    return {
      reason: 'promtool is neither in the PATH nor in the cache (npm run fetch)',
      because: 'absent',
    };
  const ofAlerts = tests.quickFiles((path) => join(dir, path));
  const texts = [
    ...ofAlerts.map(({ text }) => text),
    ...(tests.examples === undefined ? [] : [tests.examples]),
  ];
  return runPromtool(promtool, texts, signal);
}

/** Keeps the unit tests of the contract's alerts. */
export async function keepTests(
  promises: Promises,
  dir: string,
  path: string,
  output: Output,
): Promise<void> {
  const target = resolve(path);
  const files = promises.files((rule) => relative(dirname(target), join(dir, rule)));
  await writeTestFiles(files, target, output);
  if (promises.examples !== undefined)
    await written(target.replace(ENDING, '.panels$1'), promises.examples, output);
}

/**
 * Writes tests: one file for each evaluation interval; the interval goes into the name when there
 * are several.
 */
export async function writeTestFiles(
  files: readonly TestFile[],
  target: string,
  output: Output,
): Promise<void> {
  for (const file of files) {
    const name =
      files.length === 1
        ? target
        : target.replace(ENDING, (ending) => `.${formatDuration(file.evaluationMs)}${ending}`);
    await written(name, file.text, output);
  }
}

/** Writes one file and says so. @throws HarnessError when it can't be written */
export async function written(name: string, text: string, output: Output): Promise<void> {
  try {
    await writeFile(name, text);
  } catch (error) {
    throw new HarnessError(
      `the tests can't be written: ${messageOf(error)}`,
      'Name a file in a folder that may be written.',
    );
  }
  output.error(`wrote ${relative(process.cwd(), name)}`);
}
