import { seriesText } from '../lib/series-text.ts';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { formatDuration } from '../lib/duration.ts';
import { HarnessError } from '../lib/errors.ts';
import { lastLines } from '../lib/last-lines.ts';
import type { VirtualOutcome, VirtualSeries, VirtualWorld } from '../model/virtual-world.ts';
import { runPromtool } from './promtool.ts';
import { stepsNotation } from './series-notation.ts';
import { spreadNotation } from './spread-notation.ts';
import { readAlerts, readErrors } from './world-output.ts';
import { makeTemporary } from '../lib/temporary.ts';

/** Far longer than a thousand alerts take. */
const TIMEOUT_MS = 300_000;

/**
 * Lets a world happen in virtual time: all its series, all its rules, at every evaluation.
 * @param late by how much of their interval scrapes come later than the world's own changes
 * @throws HarnessError when promtool can't run it
 */
export async function worldStates(
  promtool: string,
  world: VirtualWorld,
  late: number,
  signal: AbortSignal,
): Promise<VirtualOutcome> {
  const dir = await makeTemporary('world');
  try {
    const rulePaths = await Promise.all(
      world.ruleFiles.map(async (text, i) => {
        const path = join(dir, `${i}.rules.yml`);
        await writeFile(path, text);
        return path;
      }),
    );
    const test = join(dir, 'world.test.yml');
    const junit = join(dir, 'junit.xml');
    await writeFile(test, testText(world, rulePaths, late));
    const { exitCode, output } = await runPromtool(promtool, [test], signal, {
      junit,
      timeoutMs: TIMEOUT_MS,
    });
    const errors = readErrors(output);
    if (errors.length > 0) return { errors };
    const report = await readFile(junit, 'utf8').catch(() => undefined);
    if (exitCode === undefined || report === undefined)
      throw new HarnessError(
        `promtool can't run the world: ${lastLines(output)}`,
        'Try again; on a very busy machine leave it more room.',
      );
    const states = readAlerts(output);
    // Where nothing is active all that is stated holds: something else failed.
    if (exitCode !== 0 && states.length === 0)
      throw new HarnessError(
        `promtool can't run the world: ${lastLines(output)}`,
        '`gtv check` says what Prometheus refuses of the rules.',
      );
    return { states };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Nothing is stated of the alerts at any evaluation: promtool then says what they were. */
function testText(world: VirtualWorld, rulePaths: string[], late: number): string {
  const { evaluationMs, gridMs, endMs, series, groupOrder } = world;
  const count = Math.floor(endMs / evaluationMs) + 1;
  const statements = Array.from({ length: count }, (_, i) => ({
    expr: 'ALERTS',
    eval_time: formatDuration(i * evaluationMs),
    exp_samples: [],
  }));
  return stringify(
    {
      rule_files: rulePaths,
      evaluation_interval: formatDuration(evaluationMs),
      group_eval_order: groupOrder,
      tests: [
        {
          name: 'world',
          interval: formatDuration(gridMs),
          input_series: series.map((one) => ({
            series: seriesText(one.metric, one.labels),
            values: valuesOf(one, late, { gridMs, endMs }),
          })),
          promql_expr_test: statements,
        },
      ],
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

/** What a series' own scrapes find, at the places of the world's grid. */
function valuesOf(
  { everyMs, steps }: VirtualSeries,
  late: number,
  { gridMs, endMs }: Pick<VirtualWorld, 'gridMs' | 'endMs'>,
): string {
  const later = steps.map(({ atMs, shape }) => ({ atMs: atMs + late * everyMs, shape }));
  return spreadNotation(stepsNotation(later, everyMs, endMs), everyMs / gridMs);
}
