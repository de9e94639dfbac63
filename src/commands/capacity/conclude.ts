import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { compareSaturationPoints } from '../../capacity/compare.ts';
import { judgeNeeds } from '../../capacity/needs.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { capacitySchema } from '../../model/capacity-schema.ts';
import type { CapacityResult, DimensionResult, Machine } from '../../model/capacity.ts';
import type { Spec } from '../../model/spec.ts';
import { capacityText } from '../../report/capacity/text.ts';
import { capacityReport } from '../../report/html/capacity/index.ts';
import type { Output } from '../output.ts';
import { reportAssets } from '../report-assets.ts';
import type { Begun } from './begin.ts';

export interface Conclusion {
  begun: Begun;
  spec: Spec;
  stackName: string;
  dimensions: DimensionResult[];
  baseline: CapacityResult | null;
  versions: Record<string, string>;
  interruption: string | null;
}

/** Puts the results together, writes `capacity.json`, prints them, and returns the exit code. */
export async function conclude(
  { begun, spec, stackName, dimensions, baseline, versions, interruption }: Conclusion,
  output: Output,
): Promise<0 | 1 | 2> {
  const target = begun.options.target ?? null;
  const machine = thisMachine();
  // What the contract needs is said of the stack, not of whatever is loaded besides.
  const needs = target === null ? judgeNeeds(spec.contract.capacity, dimensions) : [];
  const comparisons =
    baseline && compareSaturationPoints(baseline, { dimensions, machine, target });
  const result: CapacityResult = {
    schemaVersion: 2,
    runId: begun.runId,
    stackName,
    target,
    startedAt: begun.startedAt,
    endedAt: Date.now(),
    machine,
    versions,
    dimensions,
    needs,
    comparisons,
    interruption,
    exitCode: 0,
  };
  result.exitCode = exitCodeOf(result);
  await writeFile(join(begun.runDir, 'capacity.json'), `${JSON.stringify(result, null, 2)}\n`);
  output.print(
    capacityText(result, {
      color: output.color,
      width: output.width,
      runDir: relative(process.cwd(), begun.runDir) || '.',
    }),
  );
  // Last, so that everybody has the answer even if the page couldn't be written.
  await writeFile(
    join(begun.runDir, 'report.html'),
    capacityReport(result, await reportAssets('capacity.ts')),
  );
  return result.exitCode;
}

/**
 * 2 when interrupted; 1 when a need, alerting or the baseline says so; 2 when something couldn't be
 * judged; else 0.
 */
export function exitCodeOf({
  interruption,
  needs,
  dimensions,
  comparisons,
}: CapacityResult): 0 | 1 | 2 {
  if (interruption !== null) return 2;
  const alerting = dimensions
    .flatMap((dimension) => dimension.alerting)
    .filter((alert) => alert.mustWork);
  if (
    [...needs, ...alerting].some(({ outcome }) => outcome === 'fail') ||
    comparisons?.some(({ outcome }) => outcome === 'worse')
  )
    return 1;
  const unknown =
    [...needs, ...alerting].some(({ outcome }) => outcome === 'inconclusive') ||
    dimensions.some(({ saturationPoint }) => saturationPoint.kind === 'inconclusive');
  return unknown ? 2 : 0;
}

/** An earlier run's result. @throws HarnessError when it isn't one */
export async function readBaseline(path: string): Promise<CapacityResult> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new HarnessError(
      `the baseline ${path} can't be read: ${messageOf(cause)}`,
      "Name the `capacity.json` of an earlier run's folder.",
      { cause },
    );
  }
  const result = capacitySchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HarnessError(
    `the baseline ${path} is no capacity.json of this version: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    "Name the `capacity.json` of an earlier run's folder.",
  );
}

function thisMachine(): Machine {
  return { cores: cpus().length, cpuModel: cpus()[0]?.model ?? 'unknown', memoryBytes: totalmem() };
}
