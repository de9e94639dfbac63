import Table from 'cli-table3';
import { loadText, withUnit } from '../../lib/amounts.ts';
import type {
  AlertingUnderLoad,
  CapacityResult,
  DimensionResult,
  SaturationPoint,
  StepRecord,
} from '../../model/capacity.ts';
import type { FigureName } from '../../model/figures.ts';
import { FIGURES } from '../../model/figures.ts';
import { PLAIN_TABLE } from '../table.ts';
import { colors, proseWidth, wrap } from '../text.ts';
import type { Colors } from '../text.ts';
import { saturationText, shareText } from './saturation-text.ts';
import { whyText } from './step-line.ts';

export interface TextOptions {
  color: boolean;
  width: number;
  runDir: string;
}

const MARKS = { pass: '✓', fail: '✗', inconclusive: '?', holds: '✓', breaks: '✗', invalid: '?' };
/** Columns of a dimension's table, as far as they were measured. */
const COLUMNS: FigureName[] = [
  'achievedPerSecond',
  'latencyP50Seconds',
  'latencyP95Seconds',
  'latencyP99Seconds',
  'servedP95Seconds',
  'errorShare',
  'samplesShare',
  'scrapeP99Seconds',
  'ruleShareOfInterval',
  'queryP95Seconds',
  'subjectCpuCores',
  'generatorCpuCores',
  'subjectMemoryBytes',
];
/** Names that a narrow column has room for. */
const SHORT: Partial<Record<FigureName, string>> = {
  achievedPerSecond: 'achieved',
  servedP95Seconds: 'p95 served',
  subjectCpuCores: 'CPU',
  generatorCpuCores: 'CPU of k6',
  subjectMemoryBytes: 'memory',
  samplesShare: 'samples',
  scrapeP99Seconds: 'scrape p99',
  ruleShareOfInterval: 'rules',
  queryP95Seconds: 'query p95',
};
const EXIT_MEANING = {
  0: 'all that is needed is held',
  1: 'a promise is not kept',
  2: "couldn't judge",
};

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
  const { machine, needs, comparisons, interruption } = result;
  const parts = [
    c.bold(
      `${result.target ?? result.stackName}, run ${result.runId}, generator and subject on one ` +
        `machine: ${machine.cores} × ${machine.cpuModel}, ` +
        `${withUnit(machine.memoryBytes, 'bytes')}`,
    ),
    ...(interruption === null
      ? []
      : [
          wrap(`Not finished: ${interruption}`, prose)
            .map((line) => c.yellow(line))
            .join('\n'),
        ]),
    ...result.dimensions.flatMap((dimension) => [
      dimensionTable(dimension, c),
      answers(dimension, c, prose),
    ]),
    needs
      .map(({ outcome, need, text }) => line(outcome, `${need.dimension}: ${text}`, c, prose))
      .join('\n'),
    comparisons === null
      ? ''
      : comparisons
          .map(({ outcome, dimension, text }) =>
            line(
              outcome === 'worse' ? 'fail' : outcome === 'not comparable' ? 'inconclusive' : 'pass',
              `${dimension}, beside the baseline: ${outcome}: ${text}`,
              c,
              prose,
            ),
          )
          .join('\n'),
    [
      `${c.bold(EXIT_MEANING[result.exitCode])}, in ${Math.round((result.endedAt - result.startedAt) / 1000)} s`,
      `${runDir}/capacity.json, report.html`,
    ].join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Each load once, ascending, with a step of the outcome that most of its steps had. */
function dimensionTable({ dimension, steps, saturationPoint }: DimensionResult, c: Colors): string {
  const columns = COLUMNS.filter((name) =>
    steps.some(({ measurement }) => measurement.figures[name] !== undefined),
  );
  const table = new Table({
    ...PLAIN_TABLE,
    head: [
      '',
      dimension.unit,
      ...columns.map((name) => SHORT[name] ?? FIGURES[name].title),
      '',
    ].map((text) => c.bold(text)),
    colAligns: ['left', 'right', ...columns.map(() => 'right' as const), 'left'],
  });
  for (const { step, times } of byLoad(steps)) {
    const { measurement, verdict } = step;
    const mark = `${MARKS[verdict.outcome]}${times > 1 ? ` ${times}×` : ''}`;
    const cells = columns.map((name) =>
      measurement.figures[name] === undefined
        ? c.dim('·')
        : withUnit(measurement.figures[name], FIGURES[name].unit),
    );
    const isSaturationPoint =
      saturationPoint.kind !== 'inconclusive' && measurement.load === saturationPoint.load;
    table.push([
      paint(verdict.outcome, mark, c),
      loadText(measurement.load),
      ...cells,
      isSaturationPoint
        ? c.bold('◀ saturation point')
        : verdict.outcome === 'invalid'
          ? c.dim(verdict.reason)
          : '',
    ]);
  }
  return `${c.bold(dimension.title)}\n${table
    .toString()
    .split('\n')
    .map((text) => text.trimEnd())
    .join('\n')}`;
}

function byLoad(steps: StepRecord[]): { step: StepRecord; times: number }[] {
  const loads = [...new Set(steps.map(({ measurement }) => measurement.load))].sort(
    (a, b) => a - b,
  );
  return loads.flatMap((load) => {
    const own = steps.filter(({ measurement }) => measurement.load === load);
    const of = (outcome: StepRecord['verdict']['outcome']): StepRecord[] =>
      own.filter(({ verdict }) => verdict.outcome === outcome);
    const step =
      of('breaks').length > of('holds').length ? of('breaks')[0] : (of('holds')[0] ?? own[0]);
    return step ? [{ step, times: own.length }] : [];
  });
}

function answers(
  { dimension, saturationPoint, culprit, steps, firstAlert, blindAlert, alerting }: DimensionResult,
  c: Colors,
  width: number,
): string {
  const above = saturationPoint.kind === 'inconclusive' ? 0 : saturationPoint.load;
  const lowest = steps
    .filter(({ verdict, measurement }) => verdict.outcome === 'breaks' && measurement.load > above)
    .sort((a, b) => a.measurement.load - b.measurement.load)[0];
  return [
    ...wrap(saturationText(saturationPoint, dimension.unit), width).map((text) => c.bold(text)),
    ...(firstAlert
      ? wrap(
          `${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${dimension.unit}.`,
          width,
        )
      : []),
    ...(blindAlert ? wrap(`${blindAlert.text}.`, width).map((text) => c.yellow(text)) : []),
    ...(lowest
      ? wrap(
          `First to break, at ${loadText(lowest.measurement.load)}: ${whyText(lowest.verdict)}.`,
          width,
        )
      : []),
    ...(culprit ? wrap(`What gave out: ${culprit.text}.`, width) : []),
    ...alerting.map((under) => alertingText(under, saturationPoint, dimension.unit, c, width)),
  ].join('\n');
}

function alertingText(
  { shareOfSaturation, load, mustWork, outcome, detail, alerts }: AlertingUnderLoad,
  saturationPoint: SaturationPoint,
  unit: string,
  c: Colors,
  width: number,
): string {
  const head = `alerting at ${shareText(saturationPoint, shareOfSaturation)} (${loadText(load)} ${unit}): ${detail}`;
  const each = alerts.map(({ alert, outcome: one, deliveredMs, promisedMs, detail: why }) => {
    const head = `    ${MARKS[one]} ${alert}: `;
    if (deliveredMs === null) return head + why;
    const told = `told after ${hundredths(deliveredMs)}, promised ${hundredths(promisedMs)}`;
    return head + told + (why === '' ? '' : `; ${why}`);
  });
  return [
    line(mustWork || outcome === 'pass' ? outcome : 'inconclusive', head, c, width),
    ...each,
  ].join('\n');
}

/** A duration in seconds, to a hundredth. */
function hundredths(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function line(
  outcome: 'pass' | 'fail' | 'inconclusive',
  text: string,
  c: Colors,
  width: number,
): string {
  return wrap(`${MARKS[outcome]} ${text}`, width)
    .map((part, i) =>
      i === 0 ? part.replace(MARKS[outcome], paint(outcome, MARKS[outcome], c)) : `  ${part}`,
    )
    .join('\n');
}

function paint(outcome: keyof typeof MARKS, text: string, c: Colors): string {
  if (outcome === 'pass' || outcome === 'holds') return c.green(text);
  return outcome === 'fail' || outcome === 'breaks' ? c.red(text) : c.yellow(text);
}
