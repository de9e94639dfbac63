import type { Binary } from '../ast.ts';
import { COMPARISONS, SET_OPERATORS } from '../ast.ts';
import { only, remembered, signature, without, withoutName } from './label-tools.ts';
import { addHistograms, scaleHistogram } from './native.ts';
import { EvaluationError, NotUnderstood } from './types.ts';
import type { Element, Labels, Value } from './types.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
  atan2: (a, b) => Math.atan2(a, b),
};
const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

/** Whether a comparison of two numbers holds. @throws NotUnderstood for another operator */
export function compares(op: string, a: number, b: number): boolean {
  const compare = COMPARE[op];
  if (!compare) throw new NotUnderstood(`the comparison \`${op}\``);
  return compare(a, b);
}

/** `left op right` at one moment. @throws EvaluationError where the engine would refuse to match */
export function binary(expr: Binary, left: Value, right: Value): Value {
  if (left.type === 'string' || right.type === 'string')
    throw new EvaluationError('a text has no operators');
  if (left.type === 'scalar' && right.type === 'scalar')
    return { type: 'scalar', value: scalars(expr.op, left.value, right.value) };
  if (left.type === 'vector' && right.type === 'vector')
    return { type: 'vector', elements: vectors(expr, left.elements, right.elements) };
  return { type: 'vector', elements: withScalar(expr, left, right) };
}

/** An operator on two numbers; a comparison gives 1 or 0. */
export function scalars(op: string, a: number, b: number): number {
  const compare = COMPARE[op];
  if (compare) return compare(a, b) ? 1 : 0;
  const operate = ARITHMETIC[op];
  if (!operate) throw new NotUnderstood(`the operator \`${op}\``);
  return operate(a, b);
}

function withScalar(expr: Binary, left: Value, right: Value): Element[] {
  const swapped = left.type === 'scalar';
  const elements = left.type === 'vector' ? left.elements : [];
  const all = right.type === 'vector' ? right.elements : elements;
  const scalar = left.type === 'scalar' ? left.value : right.type === 'scalar' ? right.value : NaN;
  return all.flatMap((element) => {
    const other = { labels: {}, value: scalar };
    const [a, b] = swapped ? [other, element] : [element, other];
    const result = operated(expr, a, b, element);
    if (!result) return [];
    const keepsName = COMPARISONS.has(expr.op) && !expr.bool;
    return [{ ...result, labels: keepsName ? element.labels : withoutName(element.labels) }];
  });
}

/**
 * One pair's result without labels; undefined when a comparison leaves it out. @param kept what a
 * comparison lets through
 */
function operated(
  expr: Binary,
  a: Element,
  b: Element,
  kept: Element,
): Omit<Element, 'labels'> | undefined {
  const compare = COMPARE[expr.op];
  if (compare) {
    const holds = compare(a.value, b.value);
    if (expr.bool) return { value: holds ? 1 : 0 };
    return holds ? kept : undefined;
  }
  if (a.histogram || b.histogram) return ofHistograms(expr.op, a, b);
  return { value: scalars(expr.op, a.value, b.value) };
}

function ofHistograms(op: string, a: Element, b: Element): Omit<Element, 'labels'> | undefined {
  const [x, y] = [a.histogram, b.histogram];
  if (x && y && (op === '+' || op === '-'))
    return { value: NaN, histogram: addHistograms(x, y, 1, op === '+' ? 1 : -1) };
  if (x && !y && (op === '*' || op === '/'))
    return { value: NaN, histogram: scaleHistogram(x, op === '*' ? b.value : 1 / b.value) };
  if (y && !x && op === '*') return { value: NaN, histogram: scaleHistogram(y, a.value) };
  return undefined;
}

type Matched = Pick<Binary, 'matching'>;
const keys = new WeakMap<Matched, WeakMap<Labels, string>>();

/** The labels by which two sides are matched, as a text. */
export function matchKey(expr: Matched, labels: Labels): string {
  const known = remembered(keys, expr, () => new WeakMap<Labels, string>());
  return remembered(known, labels, () => computedKey(expr, labels));
}

function computedKey({ matching }: Matched, labels: Labels): string {
  const names = matching?.labels.map((l) => l.name) ?? [];
  return signature(
    matching?.kind === 'on' ? only(labels, names) : without(labels, [...names, '__name__']),
  );
}

function vectors(expr: Binary, left: Element[], right: Element[]): Element[] {
  if (expr.fill) throw new NotUnderstood('`fill`');
  const key = (e: Element): string => matchKey(expr, e.labels);
  if (SET_OPERATORS.has(expr.op)) {
    const rights = new Set(right.map(key));
    const lefts = new Set(left.map(key));
    if (expr.op === 'and') return left.filter((e) => rights.has(key(e)));
    if (expr.op === 'unless') return left.filter((e) => !rights.has(key(e)));
    return [...left, ...right.filter((e) => !lefts.has(key(e)))];
  }
  const [many, one] = expr.group?.side === 'right' ? [right, left] : [left, right];
  const ones = new Map<string, Element>();
  for (const element of one) {
    if (ones.has(key(element)))
      throw new EvaluationError('found duplicate series for the match group on the one side');
    ones.set(key(element), element);
  }
  const seen = new Set<string>();
  return many.flatMap((element) => {
    const partner = ones.get(key(element));
    if (!partner) return [];
    const [a, b] = expr.group?.side === 'right' ? [partner, element] : [element, partner];
    const result = operated(expr, a, b, a);
    if (!result) return [];
    const labels = resultLabels(expr, element.labels, partner.labels);
    const id = expr.group ? signature(labels) : key(element);
    if (seen.has(id)) throw new EvaluationError('multiple matches for labels');
    seen.add(id);
    return [{ ...result, labels }];
  });
}

/** promql/engine.go, `resultMetric`. */
function resultLabels(expr: Binary, many: Labels, one: Labels): Labels {
  const dropsName = !COMPARISONS.has(expr.op) || expr.bool;
  const base = dropsName ? withoutName(many) : many;
  const names = expr.matching?.labels.map((l) => l.name) ?? [];
  if (expr.group) {
    const copied = only(one, expr.group.include);
    return { ...without(base, expr.group.include), ...copied };
  }
  return expr.matching?.kind === 'on' ? only(base, names) : without(base, names);
}
