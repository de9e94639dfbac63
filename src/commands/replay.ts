import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import { differences, replay, ruleGroupsIn } from '../replay/index.ts';
import type { Difference } from '../replay/index.ts';
import type { Output } from './output.ts';
import { findProgram } from './promtool.ts';
import { storedRun } from './stored-run.ts';
import type { StoredWorld } from './stored-run.ts';

/** Shown of one alert. */
const MOST = 3;

/**
 * Replays a run's own rules over its blocks, from T0 to the last recorded evaluation.
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
  const { series, unknown } = await replay(plan, evidence, options);
  const differing = differences(evidence.series, series, t0, lastRecorded(evidence));
  const alerts = ruleGroupsIn(plan.files).flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.kind === 'alert' ? [rule.name] : [])),
  );
  for (const alert of alerts) {
    const own = differing.filter((d) => d.alert === alert);
    const open = unknown.find((u) => u.alert === alert);
    if (open) output.print(`? ${alert}: ${open.why}`);
    else if (own.length === 0) output.print(`\u2713 ${alert}`);
    else output.print(`\u2717 ${alert}: ${wordsOf(own, t0)}`);
  }
  const exact = alerts.filter(
    (alert) => !differing.some((d) => d.alert === alert) && !unknown.some((u) => u.alert === alert),
  );
  output.print(`${exact.length} of ${alerts.length} alerts have exactly the recorded states`);
  return differing.length > 0 ? 1 : unknown.length > 0 || alerts.length === 0 ? 2 : 0;
}

function wordsOf(own: Difference[], t0: number): string {
  const shown = own.slice(0, MOST).map(({ at, recorded, replayed, labels }) => {
    const instance = labels['instance'] ?? labels['job'] ?? '';
    return `${((at - t0) / 1000).toFixed(2)} s ${instance} ${recorded}, replayed ${replayed}`;
  });
  return `${shown.join('; ')}${own.length > MOST ? `; and ${own.length - MOST} more` : ''}`;
}

/** Until when states were recorded: the blocks were kept a little later. */
function lastRecorded({ series }: Evidence): number {
  return series
    .filter(({ labels }) => labels['__name__'] === 'ALERTS')
    .reduce((last, { samples }) => Math.max(last, samples.at(-1)?.[0] ?? 0), 0);
}
