import { readFile } from 'node:fs/promises';
import { parseExposition } from '../../check/index.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';

/**
 * The texts that `JOB=FILE` names, by job.
 * @throws HarnessError when a file can't be read, or holds anything but metrics
 */
export async function savedMetrics(pairs: string[]): Promise<Map<string, string>> {
  return new Map(
    await Promise.all(
      pairs.map(async (pair): Promise<[string, string]> => {
        const [job, file] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        const advice =
          'Save them with `curl http://TARGET/metrics > FILE`, and name them as --metrics JOB=FILE.';
        const text = await readFile(file, 'utf8').catch((error: unknown) => {
          throw new HarnessError(
            `the metrics of ${job} can't be read: ${messageOf(error)}`,
            advice,
          );
        });
        const { families, unread } = parseExposition(text);
        if (families.length === 0 || unread > 0)
          throw new HarnessError(
            `${file} is no /metrics text: ` +
              `${families.length === 0 ? 'it has no metric' : `${unread} of its lines can't be read`}`,
            advice,
          );
        return [job, text];
      }),
    ),
  );
}
