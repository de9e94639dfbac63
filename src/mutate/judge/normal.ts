import type { Aggregate, Binary, Call, Expr, Matcher } from '../../promql/ast.ts';
import { SET_OPERATORS, eachExpr } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import { print } from '../../promql/print.ts';

/** Whether a metric has at most one series for each target; by its name. */
export type IsSingle = (metric: string) => boolean;

/**
 * A text that two expressions share only when they mean the same: layout aside, and by four laws.
 * A quantile stays the same when all buckets of its histogram are multiplied by one number. One
 * series is its own sum, average, highest and lowest. Where both sides of an operation match by all
 * labels, each side's selection is the other's too. And nought times a rate is nought, however the
 * rate is made.
 * @returns undefined for what isn't understood in full
 */
export function normalForm(text: string, isSingle: IsSingle): string | undefined {
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) return undefined;
  let isClear = true;
  eachExpr(parsed.expr, ({ type }) => {
    if (type === 'modified' || type === 'unknown') isClear = false;
  });
  return isClear ? print(simplified(parsed.expr, isSingle)) : undefined;
}

function simplified(expr: Expr, isSingle: IsSingle): Expr {
  const go = (inner: Expr): Expr => simplified(inner, isSingle);
  switch (expr.type) {
    case 'range':
    case 'unary':
      return { ...expr, expr: go(expr.expr) };
    case 'binary':
      return sharedSelection(noughtTimes({ ...expr, left: go(expr.left), right: go(expr.right) }));
    case 'aggregate':
      return ofOneSeries({ ...expr, expr: go(expr.expr) }, isSingle);
    case 'call':
      return scaleless({ ...expr, args: expr.args.map(go) });
    case 'selector':
      return { ...expr, matchers: expr.matchers.toSorted(byLabel) };
    case 'modified':
    case 'number':
    case 'string':
    case 'unknown':
      return expr;
  }
}

/** What can be exchanged where there is one series. */
const OF_ONE = new Set(['sum', 'avg', 'max', 'min']);

function ofOneSeries(expr: Aggregate, isSingle: IsSingle): Aggregate {
  const each = expr.grouping?.kind === 'by' && ['job', 'instance'].every(grouped(expr));
  const metrics: (string | undefined)[] = [];
  eachExpr(expr.expr, (part) => {
    if (part.type === 'selector') metrics.push(part.name);
    // Only what keeps a series one: functions of a range, and what is done with numbers.
    if (part.type === 'binary') metrics.push(undefined);
  });
  const [metric] = metrics;
  const single = metrics.length === 1 && metric !== undefined && isSingle(metric);
  return each && single && OF_ONE.has(expr.op) ? { ...expr, op: 'sum' } : expr;
}

function grouped({ grouping }: Aggregate): (label: string) => boolean {
  return (label) => grouping?.labels.some(({ name }) => name === label) ?? false;
}

function scaleless(call: Call): Expr {
  const [quantile, buckets] = call.args;
  return call.name === 'histogram_quantile' && quantile && buckets
    ? { ...call, args: [quantile, unscaled(buckets)] }
    : call;
}

/** Of every histogram there are all buckets, so that each `le` has equally many series. */
function unscaled(expr: Expr): Expr {
  if (expr.type === 'aggregate')
    return { ...expr, op: expr.op === 'avg' ? 'sum' : expr.op, expr: unscaled(expr.expr) };
  return expr.type === 'call' && expr.name === 'increase' ? { ...expr, name: 'rate' } : expr;
}

function noughtTimes(expr: Binary): Binary {
  const isNought = (side: Expr): boolean => side.type === 'number' && side.value === 0;
  if (expr.op !== '*') return expr;
  if (isNought(expr.left)) return { ...expr, right: presenceOf(expr.right) ?? expr.right };
  return isNought(expr.right) ? { ...expr, left: presenceOf(expr.left) ?? expr.left } : expr;
}

/** Functions of a counter that give a finite number wherever a window has two samples. */
const OF_GROWTH = new Set(['rate', 'irate', 'increase']);

/** Of an aggregated rate what tells where there is one; undefined for anything else. */
function presenceOf(expr: Expr): Expr | undefined {
  if (expr.type === 'aggregate') {
    const inner = OF_ONE.has(expr.op) || expr.op === 'count' ? presenceOf(expr.expr) : undefined;
    return inner && { ...expr, op: 'sum', expr: inner };
  }
  return expr.type === 'call' && OF_GROWTH.has(expr.name) ? { ...expr, name: 'rate' } : undefined;
}

function sharedSelection(expr: Binary): Binary {
  if (expr.matching || SET_OPERATORS.has(expr.op)) return expr;
  const [left, right] = [selectionOf(expr.left), selectionOf(expr.right)];
  if (!left || !right) return expr;
  return {
    ...expr,
    left: withSelection(expr.left, right),
    right: withSelection(expr.right, left),
  };
}

/** The matchers that every result passes; undefined where nothing can be said. */
function selectionOf(expr: Expr): Matcher[] | undefined {
  // Sides don't match by the metric's name.
  if (expr.type === 'selector') return expr.matchers.filter(({ label }) => label !== '__name__');
  if (expr.type === 'call' || expr.type === 'range') {
    const inner = innerOf(expr);
    return inner && selectionOf(inner);
  }
  if (expr.type === 'aggregate') return selectionOf(expr.expr)?.filter(comesThrough(expr));
  if (expr.type !== 'binary') return undefined;
  const [left, right] = [selectionOf(expr.left), selectionOf(expr.right)];
  if (expr.right.type === 'number') return left;
  if (expr.left.type === 'number') return right;
  // A result of `or` is one of either side.
  return expr.op === 'or' && !expr.matching && left && right
    ? left.filter((one) => right.some((other) => isSame(one, other)))
    : undefined;
}

/** Whether what a matcher looks at is the same in a whole group. */
function comesThrough({ grouping }: Aggregate): (matcher: Matcher) => boolean {
  return ({ label }) => {
    const isNamed = grouping?.labels.some(({ name }) => name === label) ?? false;
    return grouping !== undefined && isNamed === (grouping.kind === 'by');
  };
}

/** What a function of growth, or a range of no subquery, is taken of; each keeps the labels. */
function innerOf(expr: Extract<Expr, { type: 'call' | 'range' }>): Expr | undefined {
  if (expr.type === 'range') return expr.subquery ? undefined : expr.expr;
  return OF_GROWTH.has(expr.name) ? expr.args[0] : undefined;
}

function byLabel(a: Matcher, b: Matcher): number {
  const [left, right] = [a.label + a.op + a.value, b.label + b.op + b.value];
  return left < right ? -1 : left > right ? 1 : 0;
}

function isSame(a: Matcher, b: Matcher): boolean {
  return a.label === b.label && a.op === b.op && a.value === b.value;
}

/**
 * With matchers that all of its results are held to: each selector passes those of labels that come
 * through to the result.
 */
function withSelection(expr: Expr, matchers: Matcher[]): Expr {
  const go = (inner: Expr): Expr => withSelection(inner, matchers);
  if (expr.type === 'binary') {
    if (expr.right.type === 'number') return { ...expr, left: go(expr.left) };
    if (expr.left.type === 'number') return { ...expr, right: go(expr.right) };
    return expr.op === 'or' && !expr.matching
      ? { ...expr, left: go(expr.left), right: go(expr.right) }
      : expr;
  }
  if (expr.type === 'aggregate') {
    return { ...expr, expr: withSelection(expr.expr, matchers.filter(comesThrough(expr))) };
  }
  if (expr.type === 'range') return innerOf(expr) ? { ...expr, expr: go(expr.expr) } : expr;
  if (expr.type === 'call') return innerOf(expr) ? { ...expr, args: expr.args.map(go) } : expr;
  if (expr.type !== 'selector') return expr;
  const has = (other: Matcher): boolean => expr.matchers.some((one) => isSame(one, other));
  return {
    ...expr,
    matchers: [...expr.matchers, ...matchers.filter((m) => !has(m))].sort(byLabel),
  };
}
