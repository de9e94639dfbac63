import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Promises, PromtoolRun } from '../../check/index.ts';
import { formatDuration } from '../../lib/duration.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { Output } from '../output.ts';

/** Has promtool run the alerts' unit tests, where it is there. */
export async function runTests(tests: Promises, dir: string): Promise<PromtoolRun> {
  const { findPromtool, runPromtool } = await import('../promtool.ts');
  const promtool = await findPromtool();
  if (promtool === undefined)
    return {
      reason: 'promtool is neither in the PATH nor in the cache (npm run fetch)',
      because: 'absent',
    };
  return runPromtool(promtool, tests.files(tests.ruleFiles.map((path) => join(dir, path))));
}

/**
 * Keeps the alerts' unit tests: one file for each evaluation interval; the interval goes into the
 * name when there are several.
 */
export async function keepTests(
  promises: Promises | undefined,
  dir: string,
  path: string,
  output: Output,
): Promise<void> {
  if (!promises || promises.assertions.length === 0)
    throw new HarnessError(
      'there are no tests to write',
      'They are made from the alerts of contract.yaml.',
    );
  const target = resolve(path);
  const files = promises.files(
    promises.ruleFiles.map((rule) => relative(dirname(target), join(dir, rule))),
  );
  for (const file of files) {
    const name =
      files.length === 1
        ? target
        : target.replace(
            /(\.ya?ml)?$/,
            (ending) => `.${formatDuration(file.evaluationMs)}${ending}`,
          );
    try {
      await writeFile(name, file.text);
    } catch (error) {
      throw new HarnessError(
        `the tests can't be written: ${messageOf(error)}`,
        'Name a file in a folder that may be written.',
      );
    }
    output.error(`wrote ${relative(process.cwd(), name)}`);
  }
}
