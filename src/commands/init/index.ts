import { relative, resolve } from 'node:path';
import { HarnessError } from '../../lib/errors.ts';
import type { Solution } from '../../model/recipe.ts';
import { solutionJson, solutionText } from '../../report/solution.ts';
import { problemOf } from '../../solve/index.ts';
import { readStack } from '../../stack/index.ts';
import { readFolder } from '../../stack/folder.ts';
import { keepContract } from './contract.ts';
import type { Output } from '../output.ts';
import { OWN_STACK } from '../paths.ts';
import { mustHoldAlerts } from '../no-alerts.ts';
import { onlyWhatIsTaken } from '../refused-files.ts';
import { findPromtool } from '../promtool.ts';
import { solveStack } from '../solve-stack.ts';

export interface InitOptions {
  /** The stack's folder; this project's own by default. */
  dir?: string;
  format: 'text' | 'json';
  /** Shows what contract.yaml would be, and writes nothing. */
  dryRun?: boolean;
}

/**
 * `npm run init`. @returns 0 when every alert is solved, 1 when not @throws HarnessError without
 * alerts or promtool, InputError where Prometheus or Alertmanager refuses a file
 */
export async function init(
  options: InitOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1> {
  const dir = resolve(options.dir ?? OWN_STACK);
  const stack = readStack(await readFolder(dir));
  // A promise about what Prometheus never loads would be none.
  onlyWhatIsTaken(stack);
  mustHoldAlerts(stack, dir, 'call init on');
  const problem = problemOf(stack);
  const promtool = await findPromtool();
  if (promtool === undefined)
    throw new HarnessError(
      'promtool is neither in the PATH nor in the cache',
      'Fetch it once with `npm run fetch`.',
    );
  const solution = await solveStack(problem, promtool, signal, (done, of) => {
    if (!output.quiet) output.error(`${done} of ${of} alerts`);
  });
  const shown = relative(process.cwd(), dir) || '.';
  const contract = await keepContract(stack, solution, dir, options.dryRun ?? false);
  output.print(
    options.format === 'json'
      ? solutionJson(solution, contract)
      : [
          ...(options.dryRun ? [contract.text] : []),
          solutionText(solution, { dir: shown, contract, width: output.width }),
        ].join('\n'),
  );
  return exitCodeOf(solution);
}

function exitCodeOf({ unsolved }: Solution): 0 | 1 {
  return unsolved.length === 0 ? 0 : 1;
}
