import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { outwardEnvironment } from '../../lib/environment.ts';
import { HarnessError } from '../../lib/errors.ts';
import { WHO_KILLED, wasKilled } from '../../lib/killed.ts';
import { lastLines } from '../../lib/last-lines.ts';
import type { ConformAccount, ConformLoad } from '../../model/conform.ts';
import { makeTemporary } from '../../lib/temporary.ts';

export interface K6Options {
  /** Path of the program. */
  k6: string;
  /** Path of the scenario. */
  script: string;
  signal: AbortSignal;
}

/**
 * Lets k6 send the requests of a load, and gives its account.
 * @throws HarnessError when k6 failed, with the end of its output; the signal's reason when aborted
 */
export async function runK6(
  load: ConformLoad,
  { k6, script, signal }: K6Options,
): Promise<ConformAccount> {
  const dir = await makeTemporary('conform');
  const [loadFile, summary] = [join(dir, 'load.json'), join(dir, 'summary.json')];
  try {
    await writeFile(loadFile, JSON.stringify(load));
    const {
      exitCode,
      signal: ended,
      all,
    } = await execa(
      'setpriv',
      ['--pdeathsig', 'KILL', k6, 'run', '--no-usage-report', '--quiet', '--address', '', script],
      {
        ...outwardEnvironment(dir, {
          ...{ CONFORM_LOAD: loadFile, SUMMARY: summary },
          K6_NO_USAGE_REPORT: 'true',
        }),
        reject: false,
        all: true,
        stdin: 'ignore',
        cancelSignal: signal,
      },
    );
    signal.throwIfAborted();
    if (wasKilled({ exitCode, signal: ended }))
      throw new HarnessError('k6 was killed (SIGKILL)', WHO_KILLED);
    if (exitCode !== 0)
      throw new HarnessError(
        `k6 ended with ${exitCode ?? 'a signal'}: ${lastLines(all)}`,
        'k6 itself failed: nothing is said about the service.',
      );
    return JSON.parse(await readFile(summary, 'utf8')) as ConformAccount;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
