import { withUnit } from '../../lib/amounts.ts';
import type { CapacityResult } from '../../model/capacity.ts';
import { colors, proseWidth, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { answersText } from './answers.ts';
import { dimensionTable } from './dimension-table.ts';
import { markedLine } from './marks.ts';

export interface TextOptions {
  color: boolean;
  width: number;
  runDir: string;
}

const EXIT_MEANING = {
  0: 'all that is needed is held',
  1: 'a promise is not kept',
  2: "couldn't judge",
};
/** As what each outcome beside a baseline is marked. */
const COMPARED = {
  better: 'pass',
  'within the spread': 'pass',
  worse: 'fail',
  'not comparable': 'inconclusive',
} as const;

/**
 * What an engineer reads after a capacity run: a table and an answer for each dimension, what the
 * contract needs, and the comparison.
 */
export function capacityText(
  result: CapacityResult,
  { color, width, runDir }: TextOptions,
): string {
  const c = colors(color);
  const prose = proseWidth(width);
  const parts = [
    headingOf(result, c),
    interruptionOf(result, c, prose),
    ...result.dimensions.flatMap((dimension) => [
      dimensionTable(dimension, c),
      answersText(dimension, c, prose),
    ]),
    needsText(result, c, prose),
    comparisonsText(result, c, prose),
    conclusionOf(result, c, runDir),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function headingOf({ target, stackName, runId, machine }: CapacityResult, c: Colors): string {
  return c.bold(
    `${target ?? stackName}, run ${runId}, generator and subject on one ` +
      `machine: ${machine.cores} × ${machine.cpuModel}, ` +
      `${withUnit(machine.memoryBytes, 'bytes')}`,
  );
}

function interruptionOf({ interruption }: CapacityResult, c: Colors, width: number): string {
  if (interruption === null) return '';
  return wrap(`Not finished: ${interruption}`, width)
    .map((line) => c.yellow(line))
    .join('\n');
}

function needsText({ needs }: CapacityResult, c: Colors, width: number): string {
  return needs
    .map(({ outcome, need, text }) => markedLine(outcome, `${need.dimension}: ${text}`, c, width))
    .join('\n');
}

function comparisonsText({ comparisons }: CapacityResult, c: Colors, width: number): string {
  return (comparisons ?? [])
    .map(({ outcome, dimension, text }) => {
      const beside = `${dimension}, beside the baseline: ${outcome}: ${text}`;
      return markedLine(COMPARED[outcome], beside, c, width);
    })
    .join('\n');
}

function conclusionOf(
  { exitCode, startedAt, endedAt }: CapacityResult,
  c: Colors,
  runDir: string,
): string {
  const took = Math.round((endedAt - startedAt) / 1000);
  return [
    `${c.bold(EXIT_MEANING[exitCode])}, in ${took} s`,
    `${runDir}/capacity.json, report.html`,
  ].join('\n');
}
