import { resolve } from 'node:path';
import { withoutIgnored } from '../../check/index.ts';
import { HarnessError } from '../../lib/errors.ts';
import { readFolder } from '../../stack/folder.ts';
import { readStack } from '../../stack/index.ts';
import type { Stack } from '../../stack/index.ts';
import { pathsAround } from '../../stack/paths-around.ts';

const CONTRACT = /^contract\.ya?ml$/;

/**
 * The files that a system should be made of.
 * @throws HarnessError when there is nothing that it can be held against, or not all of a contract
 */
export async function filesOf(dir: string): Promise<Stack> {
  const folder = resolve(dir);
  const stack = readStack(withoutIgnored(await readFolder(folder)), pathsAround(folder));
  mustHaveItsContract(stack, dir);
  mustHoldSomething(stack, dir);
  return stack;
}

/** Half a contract promises half of the metrics: what is missing would pass. */
function mustHaveItsContract({ files, contract }: Stack, dir: string): void {
  const broken = files.find(
    (file) => file.errors.length > 0 && (file === contract?.file || CONTRACT.test(file.name)),
  );
  const [error] = broken?.errors ?? [];
  if (broken && error)
    throw new HarnessError(
      `the contract can't be read: ${broken.path}:${broken.position(error.from).line}: ${error.message}`,
      `Correct it; npm run check -- ${dir} tells what is wrong in the files.`,
    );
}

function mustHoldSomething({ rules, dashboards, contract, files }: Stack, dir: string): void {
  if (rules.length + dashboards.length > 0 || contract) return;
  const broken = files.find(({ errors }) => errors.length > 0);
  const why = broken ? ` (${broken.path} can't be read: ${broken.errors[0]?.message ?? ''})` : '';
  throw new HarnessError(
    `${dir} holds neither rules nor dashboards nor a contract${why}`,
    'Name the folder of the files that the system should be made of.',
  );
}
