import { readFile } from 'node:fs/promises';
import { HarnessError } from '../lib/errors.ts';
import { objectIn } from '../lib/json-line.ts';

/**
 * What k6 has written when it had ended.
 * @param summary path of the file
 * @param log where its output is, for people
 * @throws HarnessError when nothing is there that can be read
 */
export async function readAccount<Account extends object>(
  summary: string,
  log: string,
): Promise<Account> {
  const text = await readFile(summary, 'utf8').catch(() => '');
  const account = objectIn(text);
  if (account === undefined)
    throw new HarnessError(
      text === '' ? 'k6 left no account of its load' : "k6's account of its load breaks off",
      `A full disk does that. Its output is in ${log} of the run folder.`,
    );
  return account as Account;
}
