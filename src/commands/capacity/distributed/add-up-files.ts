import { readFile } from 'node:fs/promises';
import { accountsIn } from '../../../capacity/k6-operator/accounts.ts';
import { NotOneLoad, addUp } from '../../../capacity/k6-operator/add-up.ts';
import { HarnessError, messageOf } from '../../../lib/errors.ts';
import type { PartAccount, Whole } from '../../../model/distributed.ts';
import { wholeText } from '../../../report/capacity/distributed.ts';
import type { Output } from '../../output.ts';

/**
 * Adds up the accounts in some files, prints the whole, and returns the exit code: 0 exact, 1 with
 * a doubt.
 * @throws HarnessError when the files don't hold the parts of one load, with all reasons
 */
export async function addUpFiles(files: string[], output: Output): Promise<0 | 1> {
  const found = (
    await Promise.all(files.map(async (file) => accountsIn(file, await read(file))))
  ).flat();
  const wrong = found.flatMap((each) =>
    'wrong' in each ? [`${each.file}:${each.line}: ${each.wrong}`] : [],
  );
  if (wrong.length > 0)
    throw new HarnessError(
      `an account can't be read:\n${wrong.join('\n')}`,
      'Collect the logs once more, whole: kubectl logs --tail=-1.',
    );
  const whole = added(
    found.flatMap((each) => ('account' in each ? [each.account] : [])),
    files,
  );
  output.print(wholeText(whole, output));
  return whole.doubts.length === 0 ? 0 : 1;
}

function added(accounts: PartAccount[], files: string[]): Whole {
  try {
    return addUp(accounts);
  } catch (error) {
    if (!(error instanceof NotOneLoad)) throw error;
    throw new HarnessError(
      `${files.join(', ')}: not the parts of one load:\n${error.reasons.join('\n')}`,
      'A runner that failed, or whose log was cut off, leaves no account: look at its pod. Collect one run at a time.',
    );
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new HarnessError(
      `${file} can't be read: ${messageOf(error)}`,
      'Name the logs of the runners, or the files that they left.',
    );
  }
}
