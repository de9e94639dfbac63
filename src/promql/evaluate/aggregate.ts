import { groupBy } from '../../lib/group-by.ts';
import type { Aggregate } from '../ast.ts';
import { only, remembered, signature, without } from './label-tools.ts';
import { addHistograms } from './native.ts';
import { quantile } from './quantile.ts';
import { NotUnderstood } from './types.ts';
import type { Element, Labels, Value } from './types.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const variance = (values: readonly number[]): number => {
  const average = mean(values);
  return mean(values.map((v) => (v - average) ** 2));
};
const least = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);
const most = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);

/** One number for each group. */
const REDUCERS: Readonly<Record<string, (values: number[], param: number) => number>> = {
  sum,
  avg: mean,
  min: (values) => values.reduce(least),
  max: (values) => values.reduce(most),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  quantile: (values, q) => quantile(q, values),
};

/**
 * `sum`, `topk`, `count_values` and the like over an instant vector (promql/engine.go,
 * `aggregation`).
 */
export function aggregate(
  expr: Aggregate,
  elements: readonly Element[],
  param: Value | undefined,
): Element[] {
  const groups = groupBy(elements, (e) => signature(groupLabels(expr, e.labels)));
  const number = param?.type === 'scalar' ? param.value : NaN;
  return [...groups.values()].flatMap((members): Element[] => {
    const [first] = members;
    if (!first) return [];
    const labels = groupLabels(expr, first.labels);
    switch (expr.op) {
      case 'topk':
      case 'bottomk':
        return extremes(members, number, expr.op === 'topk');
      case 'limitk':
        return members.slice(0, Math.max(0, Math.trunc(number)));
      case 'count_values':
        return countValues(members, labels, param?.type === 'string' ? param.value : '');
      default:
        return [reduced(expr.op, members, labels, number)];
    }
  });
}

const NONE: Labels = {};
type Grouping = NonNullable<Aggregate['grouping']>;
const grouped = new WeakMap<Grouping, WeakMap<Labels, Labels>>();

function groupLabels({ grouping }: Aggregate, labels: Labels): Labels {
  if (!grouping) return NONE;
  const known = remembered(grouped, grouping, () => new WeakMap<Labels, Labels>());
  return remembered(known, labels, () => computedLabels(grouping, labels));
}

function computedLabels(grouping: Grouping, labels: Labels): Labels {
  const names = grouping.labels.map((l) => l.name);
  return grouping.kind === 'by' ? only(labels, names) : without(labels, [...names, '__name__']);
}

function reduced(op: string, members: Element[], labels: Labels, param: number): Element {
  const histograms = members.flatMap((m) => m.histogram ?? []);
  if (histograms.length > 0 && op === 'sum')
    return { labels, value: NaN, histogram: histograms.reduce((a, b) => addHistograms(a, b)) };
  const reduce = REDUCERS[op];
  if (!reduce) throw new NotUnderstood(`the aggregation \`${op}\``);
  const values = members.map((m) => m.value);
  return { labels, value: reduce(values, param) };
}

function extremes(members: readonly Element[], k: number, largest: boolean): Element[] {
  const sign = largest ? -1 : 1;
  return members
    .toSorted((a, b) => sign * (a.value - b.value))
    .slice(0, Number.isNaN(k) ? 0 : Math.max(0, Math.trunc(k)));
}

function countValues(members: readonly Element[], labels: Labels, label: string): Element[] {
  const byValue = groupBy(members, (m) => String(m.value));
  return [...byValue].map(([value, same]) => ({
    labels: { ...labels, [label]: value },
    value: same.length,
  }));
}
