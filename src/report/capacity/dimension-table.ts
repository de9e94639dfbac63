import { loadText, withUnit } from '../../lib/amounts.ts';
import type { DimensionResult } from '../../model/capacity.ts';
import type { SaturationPoint } from '../../model/saturation.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import type { FigureName } from '../../model/figures.ts';
import { FIGURES } from '../../model/figures.ts';
import { tableText } from '../plain-table.ts';
import type { Colors } from '../text.ts';
import { MARKS, paint } from './marks.ts';

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
/** Each load once, ascending, with a step of the outcome that most of its steps had. */
export function dimensionTable(
  { dimension, steps, saturationPoint }: DimensionResult,
  c: Colors,
): string {
  const columns = COLUMNS.filter((name) =>
    steps.some(({ measurement }) => measurement.figures[name] !== undefined),
  );
  const titles = columns.map((name) => SHORT[name] ?? FIGURES[name].title);
  const rows = byLoad(steps).map(({ step, times }) => [
    markOf(step, times, c),
    loadText(step.measurement.load),
    ...columns.map((name) => figureText(step, name) ?? c.dim('·')),
    noteOn(step, saturationPoint, c),
  ]);
  const text = tableText(rows, {
    head: ['', dimension.unit, ...titles, ''].map((title) => c.bold(title)),
    colAligns: ['left', 'right', ...columns.map(() => 'right' as const), 'left'],
  });
  return `${c.bold(dimension.title)}\n${text}`;
}

function markOf({ verdict: { outcome } }: StepRecord, times: number, c: Colors): string {
  return paint(outcome, `${MARKS[outcome]}${times > 1 ? ` ${times}×` : ''}`, c);
}

function figureText({ measurement }: StepRecord, name: FigureName): string | undefined {
  const value = measurement.figures[name];
  return value === undefined ? undefined : withUnit(value, FIGURES[name].unit);
}

function noteOn({ measurement, verdict }: StepRecord, point: SaturationPoint, c: Colors): string {
  if (point.kind !== 'inconclusive' && measurement.load === point.load)
    return c.bold('◀ saturation point');
  return verdict.outcome === 'invalid' ? c.dim(verdict.reason) : '';
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
