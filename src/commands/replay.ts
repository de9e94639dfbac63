import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { compareStates, replay, ruleGroupsIn } from '../replay/index.ts';
import type { Difference } from '../replay/index.ts';
import type { Output } from './output.ts';
import { findProgram } from './promtool.ts';
import { storedRun } from './stored-run.ts';
import type { StoredWorld } from './stored-run.ts';

/** Shown of one alert. */
const MOST = 3;

/**
 * Replays a run's own rules over its blocks, from T0 to their last evaluation.
 * @param run the run's folder, or its name under the runs folder
 * @returns the exit code: 0 every state is the recorded one, 1 some aren't, 2 some can't be known
 */
export async function replayRun(
  run: string,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const { worlds } = await storedRun(run);
  const codes: (0 | 1 | 2)[] = [];
  for (const world of worlds) codes.push(await replayWorld(world, output, signal));
  return codes.includes(1) ? 1 : codes.includes(2) ? 2 : 0;
}

async function replayWorld(
  { dir, plan, evidence }: StoredWorld,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const { blocks, t0 } = evidence;
  if (blocks === null || t0 === null)
    throw new HarnessError(
      `${dir} has no blocks of Prometheus, or never began`,
      'Only a run that came to its end keeps them: run it again.',
    );
  const prometheus = await findProgram('prometheus');
  if (prometheus === undefined)
    throw new HarnessError(
      'there is no Prometheus to evaluate with',
      '`npm run fetch` fetches it.',
    );
  const options = { prometheus, blocks: join(dir, blocks), signal };
  const replayed = await replay(plan, evidence, options);
  const compared = compareStates(ruleGroupsIn(plan.files), evidence, replayed, t0);
  for (const { alert, unknown, differing } of compared) {
    if (unknown !== null) output.print(`? ${alert}: ${unknown}`);
    else if (differing.length === 0) output.print(`\u2713 ${alert}`);
    else output.print(`\u2717 ${alert}: ${wordsOf(differing, t0)}`);
  }
  const differ = compared.filter(({ differing }) => differing.length > 0).length;
  const open = compared.filter(({ unknown }) => unknown !== null).length;
  const exact = compared.length - differ - open;
  output.print(`${exact} of ${compared.length} alerts have exactly the recorded states`);
  return differ > 0 ? 1 : open > 0 || compared.length === 0 ? 2 : 0;
}

function wordsOf(own: Difference[], t0: number): string {
  const shown = own.slice(0, MOST).map(({ at, recorded, replayed, labels }) => {
    const instance = labels['instance'] ?? labels['job'] ?? '';
    return `${((at - t0) / 1000).toFixed(2)} s ${instance} ${recorded}, replayed ${replayed}`;
  });
  return `${shown.join('; ')}${own.length > MOST ? `; and ${own.length - MOST} more` : ''}`;
}
