import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { HarnessError } from '../../src/lib/errors.ts';

/**
 * What a log holds, a line of JSON for each run; nothing where there is none yet.
 * @throws HarnessError when a line is none of its kind
 */
export async function readLog<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      try {
        return schema.parse(JSON.parse(line));
      } catch {
        throw new HarnessError(
          `${path}:${i + 1} is no run of a soak`,
          'Name another file: --log FILE.',
        );
      }
    });
}

/** Adds a run to a log. */
export async function addToLog(path: string, run: object): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, `${JSON.stringify(run)}\n`);
}
