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
    case 'modified':
    case 'number':
    case 'selector':
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
  if (expr.type === 'selector') return expr.matchers;
  if (expr.type !== 'binary') return undefined;
  const [left, right] = [expr.left, expr.right];
  if (right.type === 'number') return selectionOf(left);
  return left.type === 'number' ? selectionOf(right) : undefined;
}

function withSelection(expr: Expr, matchers: Matcher[]): Expr {
  if (expr.type === 'binary')
    return expr.right.type === 'number'
      ? { ...expr, left: withSelection(expr.left, matchers) }
      : { ...expr, right: withSelection(expr.right, matchers) };
  if (expr.type !== 'selector') return expr;
  const has = (other: Matcher): boolean =>
    expr.matchers.some(
      (m) => m.label === other.label && m.op === other.op && m.value === other.value,
    );
  return { ...expr, matchers: [...expr.matchers, ...matchers.filter((m) => !has(m))] };
}
