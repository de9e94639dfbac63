import type { Aggregate, Call, Expr, Selector } from '../ast.ts';
import { absence } from './absence.ts';
import { aggregate } from './aggregate.ts';
import { binary } from './binary.ts';
import { elementOf, newest, spend, unmodified } from './context.ts';
import type { Context } from './context.ts';
import { histogramQuantile, ofNative } from './histogram.ts';
import { CALENDAR, ofEach } from './instant.ts';
import { labelJoin, labelReplace } from './label-functions.ts';
import { withoutName } from './label-tools.ts';
import { scaleHistogram } from './native.ts';
import { KEEP_NAME, RANGE_FUNCTIONS, NEEDLESS } from './over-time.ts';
import { EvaluationError, NotUnderstood } from './types.ts';
import type { Element, Value } from './types.ts';
import { windowsOf } from './windows.ts';

export type { Context } from './context.ts';
export { EvaluationError, NotUnderstood, TooExpensive } from './types.ts';
export type { Element, Labels, Needless, Sample, Storage, Value } from './types.ts';

/**
 * What an expression gives at one moment, as Prometheus 3's engine would compute it
 * (promql/engine.go, functions.go).
 * @throws EvaluationError where the engine refuses; NotUnderstood; TooExpensive when the budget is
 * used up
 */
export function evaluate(expr: Expr, context: Context): Value {
  const { memo, tMs } = context;
  if (!memo || expr.type === 'number' || expr.type === 'string') return computed(expr, context);
  const known = memo.get(tMs) ?? new Map<Expr, Value>();
  memo.set(tMs, known);
  const found = known.get(expr);
  if (found) return found;
  const value = computed(expr, context);
  known.set(expr, value);
  return value;
}

function computed(expr: Expr, context: Context): Value {
  switch (expr.type) {
    case 'number':
      return { type: 'scalar', value: expr.value };
    case 'string':
      return { type: 'string', value: expr.value };
    case 'selector':
      return vector(selected(expr, context));
    case 'range':
      throw new EvaluationError('a range has no value of its own');
    case 'modified': {
      const { expr: inner, tMs } = unmodified(expr, context.tMs);
      return evaluate(inner, { ...context, tMs });
    }
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

const vector = (elements: Element[]): Value => ({ type: 'vector', elements });

function selected(selector: Selector, context: Context): Element[] {
  const series = newest(context, selector, context.tMs);
  spend(context, series.length + 1);
  return series.map(({ labels, sample }) => elementOf(labels, sample));
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
        windowsOf(argument(args, 0), context, elementsOf).length > 0
          ? []
          : [absence(argument(args, 0))],
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
  const windows = windowsOf(argument(expr.args, at), context, elementsOf, NEEDLESS.get(expr.name));
  return windows.flatMap(({ labels, ...window }) => {
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
  if (expr.type === 'modified') {
    const { expr: inner, tMs } = unmodified(expr, context.tMs);
    return timestamps(inner, { ...context, tMs });
  }
  if (expr.type !== 'selector')
    return elementsOf(expr, context).map((e) => ({
      labels: withoutName(e.labels),
      value: context.tMs / 1000,
    }));
  return newest(context, expr, context.tMs).map(({ labels, sample }) => ({
    labels: withoutName(labels),
    value: sample.tMs / 1000,
  }));
}
