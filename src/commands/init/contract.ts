import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
 */
export async function keepContract(
  stack: Stack,
  solution: Solution,
  dir: string,
  dryRun: boolean,
): Promise<KeptContract> {
  const path = join(dir, FILE);
  const old = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const { text, added } = contractText(stack, solution, old);
  const byHand = old !== undefined && stack.contract !== undefined && !isPartialContract(stack);
  const isWritten = !dryRun && !byHand && added.length > 0;
  if (isWritten) await writeFile(path, text);
  return { file: FILE, text: byHand ? old : text, added, isWritten, byHand };
}
