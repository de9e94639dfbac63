import type { Aggregate, Call, Expr, Modified, Range, Selector } from '../ast.ts';
import { aggregate } from './aggregate.ts';
import { binary } from './binary.ts';
import { histogramQuantile, ofNative } from './histogram.ts';
import { CALENDAR, ofEach } from './instant.ts';
import { labelJoin, labelReplace } from './label-functions.ts';
import { withoutName } from './label-tools.ts';
import { scaleHistogram } from './native.ts';
import { KEEP_NAME, RANGE_FUNCTIONS } from './over-time.ts';
import { EvaluationError, NotUnderstood, TooExpensive } from './types.ts';
import type { Element, Labels, Sample, Storage, Value } from './types.ts';

export { EvaluationError, NotUnderstood, TooExpensive } from './types.ts';
export type { Element, Labels, Sample, Storage, Value } from './types.ts';

/** Where and when an expression is evaluated. */
export interface Context {
  storage: Storage;
  tMs: number;
  /** Step of a subquery that names none: the evaluation interval. */
  stepMs: number;
  /** How many samples may still be looked at; shared by all parts of an evaluation. */
  budget: { samples: number };
}

/**
 * What an expression gives at one moment, as Prometheus 3's engine would compute it (promql/engine.go, functions.go).
 * @throws EvaluationError where the engine refuses; NotUnderstood; TooExpensive when the budget is used up
 */
export function evaluate(expr: Expr, context: Context): Value {
  switch (expr.type) {
    case 'number':
      return { type: 'scalar', value: expr.value };
    case 'string':
      return { type: 'string', value: expr.value };
    case 'selector':
      return vector(selected(expr, context));
    case 'range':
      throw new EvaluationError('a range has no value of its own');
    case 'modified':
      return evaluate(expr.expr, { ...context, tMs: modifiedTime(expr, context.tMs) });
    case 'unary':
      return negated(evaluate(expr.expr, context), expr.op);
    case 'binary':
      return binary(expr, evaluate(expr.left, context), evaluate(expr.right, context));
    case 'aggregate':
      return vector(aggregated(expr, context));
    case 'call':
      return called(expr, context);
    case 'unknown':
      throw new NotUnderstood('a part of the expression');
  }
}

/** The series that an expression gives at one moment; a scalar counts as one without labels. */
export function elementsOf(expr: Expr, context: Context): Element[] {
  const value = evaluate(expr, context);
  if (value.type === 'vector') return value.elements;
  return value.type === 'scalar' ? [{ labels: {}, value: value.value }] : [];
}

/** What a native histogram costs, in samples. */
const HISTOGRAM = 20;
/** What a step of a subquery costs beside its samples, in samples. */
const STEP = 40;

const vector = (elements: Element[]): Value => ({ type: 'vector', elements });

function spend({ budget }: Context, samples: number): void {
  budget.samples -= samples;
  if (budget.samples < 0) throw new TooExpensive('it looks at too many samples');
}

function selected(selector: Selector, context: Context): Element[] {
  const series = context.storage.instant(selector, context.tMs);
  spend(context, series.length + 1);
  return series.map(({ labels, sample }) => elementOf(labels, sample));
}

function elementOf(labels: Labels, { value, histogram }: Sample): Element {
  return histogram ? { labels, value, histogram } : { labels, value };
}

function modifiedTime({ modifier }: Modified, tMs: number): number {
  if (modifier.kind === 'other') throw new NotUnderstood(`\`${modifier.word}\``);
  if (modifier.kind === 'offset') {
    if (modifier.ms === undefined) throw new NotUnderstood('an `offset` that is no literal');
    return tMs - modifier.ms;
  }
  // Of a rule's evaluation the beginning and the end are the same moment.
  if (modifier.seconds === 'start' || modifier.seconds === 'end') return tMs;
  if (modifier.seconds === undefined) throw new NotUnderstood('an `@` that is no literal');
  return modifier.seconds * 1000;
}

function negated(value: Value, op: '-' | '+'): Value {
  if (op === '+') return value;
  if (value.type === 'scalar') return { type: 'scalar', value: -value.value };
  if (value.type === 'string') throw new EvaluationError('a text has no sign');
  return vector(
    value.elements.map((e) => ({
      labels: withoutName(e.labels),
      value: -e.value,
      ...(e.histogram && { histogram: scaleHistogram(e.histogram, -1) }),
    })),
  );
}

function aggregated(expr: Aggregate, context: Context): Element[] {
  const param = expr.param && evaluate(expr.param, context);
  return aggregate(expr, elementsOf(expr.expr, context), param);
}

/** One series of a range and the window it was taken from. */
interface Window {
  labels: Labels;
  samples: readonly Sample[];
  fromMs: number;
  toMs: number;
}

function windowsOf(expr: Expr, context: Context): Window[] {
  if (expr.type === 'modified')
    return windowsOf(expr.expr, { ...context, tMs: modifiedTime(expr, context.tMs) });
  if (expr.type !== 'range') throw new EvaluationError('a range is expected');
  if (expr.rangeMs === undefined) throw new NotUnderstood('a range that is no literal');
  const [fromMs, toMs] = [context.tMs - expr.rangeMs, context.tMs];
  const series = expr.subquery
    ? subquery(expr, context, fromMs)
    : ofRange(expr.expr, context, fromMs);
  return series.map((s) => ({ ...s, fromMs, toMs }));
}

function ofRange(
  expr: Expr,
  context: Context,
  fromMs: number,
): { labels: Labels; samples: readonly Sample[] }[] {
  if (expr.type !== 'selector') throw new EvaluationError('only a selector has a range');
  const series = context.storage.range(expr, fromMs, context.tMs);
  for (const { samples } of series)
    spend(context, 1 + samples.length * (samples[0]?.histogram ? HISTOGRAM : 1));
  return series;
}

/** Evaluated at every multiple of the step in (from, now]. */
function subquery(
  expr: Range,
  context: Context,
  fromMs: number,
): { labels: Labels; samples: Sample[] }[] {
  const step = expr.stepMs ?? context.stepMs;
  if (step <= 0) throw new EvaluationError('a step of 0');
  const found = new Map<string, { labels: Labels; samples: Sample[] }>();
  for (let tMs = (Math.floor(fromMs / step) + 1) * step; tMs <= context.tMs; tMs += step) {
    spend(context, STEP);
    for (const { labels, value, histogram } of elementsOf(expr.expr, { ...context, tMs })) {
      const key = JSON.stringify(labels);
      const series = found.get(key) ?? { labels, samples: [] };
      found.set(key, series);
      series.samples.push(histogram ? { tMs, value, histogram } : { tMs, value });
    }
  }
  return [...found.values()];
}

function called(expr: Call, context: Context): Value {
  const { name, args } = expr;
  const overTime = RANGE_FUNCTIONS[name];
  if (overTime) return vector(overWindows(expr, context));
  if (CALENDAR.has(name) && args.length === 0)
    return vector(ofEach(name)?.([{ labels: {}, value: context.tMs / 1000 }], []) ?? []);
  switch (name) {
    case 'time':
      return { type: 'scalar', value: context.tMs / 1000 };
    case 'pi':
      return { type: 'scalar', value: Math.PI };
    case 'absent_over_time':
      return vector(
        windowsOf(argument(args, 0), context).length > 0 ? [] : [absence(argument(args, 0))],
      );
    case 'absent':
      return vector(
        elementsOf(argument(args, 0), context).length > 0 ? [] : [absence(argument(args, 0))],
      );
    case 'vector':
      return vector([{ labels: {}, value: number(args, 0, context) }]);
    case 'scalar': {
      const [only, ...others] = elementsOf(argument(args, 0), context);
      return { type: 'scalar', value: only && others.length === 0 ? only.value : NaN };
    }
    case 'timestamp':
      return vector(timestamps(argument(args, 0), context));
    case 'histogram_quantile':
      return vector(
        histogramQuantile(number(args, 0, context), elementsOf(argument(args, 1), context)),
      );
    case 'label_replace':
    case 'label_join': {
      const texts = args.slice(1).map((arg) => (arg.type === 'string' ? arg.value : ''));
      const elements = elementsOf(argument(args, 0), context);
      return vector((name === 'label_join' ? labelJoin : labelReplace)(elements, texts));
    }
    case 'sort':
    case 'sort_desc':
    case 'sort_by_label':
    case 'sort_by_label_desc':
      return vector(elementsOf(argument(args, 0), context));
    default:
      return vector(eachOf(expr, context));
  }
}

/** Functions that take a range: scalars before and behind it are their parameters. */
function overWindows(expr: Call, context: Context): Element[] {
  const f = RANGE_FUNCTIONS[expr.name];
  const at = expr.args.findIndex(isRange);
  const params = expr.args.filter((_, i) => i !== at).map((arg) => number([arg], 0, context));
  return windowsOf(argument(expr.args, at), context).flatMap(({ labels, ...window }) => {
    const result = f?.({ ...window, nowMs: context.tMs, params });
    if (result === undefined) return [];
    const own = KEEP_NAME.has(expr.name) ? labels : withoutName(labels);
    return [
      typeof result === 'number'
        ? { labels: own, value: result }
        : elementOf(own, { tMs: 0, ...result }),
    ];
  });
}

function isRange(expr: Expr): boolean {
  return expr.type === 'range' || (expr.type === 'modified' && isRange(expr.expr));
}

function eachOf({ name, args }: Call, context: Context): Element[] {
  const native = ofNative(name);
  const f = native ?? ofEach(name);
  if (!f) throw new NotUnderstood(`the function \`${name}\``);
  // `histogram_fraction(lower, upper, v)` has its vector last, all others first.
  const at = name === 'histogram_fraction' ? args.length - 1 : 0;
  const params = args.filter((_, i) => i !== at).map((arg) => number([arg], 0, context));
  return f(elementsOf(argument(args, at), context), params);
}

function argument(args: readonly Expr[], index: number): Expr {
  const arg = args[index];
  if (!arg) throw new EvaluationError('an argument is missing');
  return arg;
}

function number(args: readonly Expr[], index: number, context: Context): number {
  const value = evaluate(argument(args, index), context);
  if (value.type !== 'scalar') throw new EvaluationError('a number is expected');
  return value.value;
}

function timestamps(expr: Expr, context: Context): Element[] {
  if (expr.type === 'modified')
    return timestamps(expr.expr, { ...context, tMs: modifiedTime(expr, context.tMs) });
  if (expr.type !== 'selector')
    return elementsOf(expr, context).map((e) => ({
      labels: withoutName(e.labels),
      value: context.tMs / 1000,
    }));
  return context.storage
    .instant(expr, context.tMs)
    .map(({ labels, sample }) => ({ labels: withoutName(labels), value: sample.tMs / 1000 }));
}

/** The labels of `=` matchers of a plain selector (promql/functions.go, `createLabelsForAbsentFunction`). */
function absence(expr: Expr): Element {
  let inner = expr;
  while (inner.type === 'modified' || (inner.type === 'range' && !inner.subquery))
    inner = inner.expr;
  if (inner.type !== 'selector') return { labels: {}, value: 1 };
  const { matchers } = inner;
  const labels = matchers.filter(
    (m) =>
      m.op === '=' && m.value !== '' && matchers.filter((o) => o.label === m.label).length === 1,
  );
  return { labels: Object.fromEntries(labels.map((m) => [m.label, m.value])), value: 1 };
}
