import { lstat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import type { KeptContract } from '../../model/kept-contract.ts';
import type { Solution } from '../../model/recipe.ts';
import { contractText } from '../../promises/index.ts';
import { isPartialContract } from '../../spec/partial.ts';
import type { Stack } from '../../stack/index.ts';

const FILE = 'contract.yaml';

/**
 * Writes what a stack promises beside it, or adds to its contract what is new. A contract that says
 * what runs behind targets is left as it is: what an alert needs there only people know.
 * @param dir the stack's folder
 * @throws HarnessError where something stands in its place that is no file
 */
export async function keepContract(
  stack: Stack,
  solution: Solution,
  dir: string,
  dryRun: boolean,
): Promise<KeptContract> {
  const path = join(dir, FILE);
  const old = await contractIn(stack, path);
  const { text, added } = contractText(stack, solution, old);
  const byHand = old !== undefined && stack.contract !== undefined && !isPartialContract(stack);
  const isWritten = !dryRun && !byHand && added.length > 0;
  if (isWritten) await writeFile(path, text);
  return { file: FILE, text: byHand ? old : text, added, isWritten, byHand };
}

/**
 * The contract as it was read with the stack: a file of the folder, and nothing that a link leads
 * to outside of it. A pipe would be waited for without end.
 */
async function contractIn({ files }: Stack, path: string): Promise<string | undefined> {
  const read = files.find((file) => file.path === FILE);
  if (read) return read.text;
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new HarnessError(
      `${path} is no file of the folder: nothing is read from it, or written to it`,
      'Take it away, or put a file there.',
    );
  return undefined;
}
