import { COMPARISONS } from '../promql/ast.ts';
import type { Binary, Expr } from '../promql/ast.ts';
import { constantOf } from '../promql/constant.ts';
import { compares } from '../promql/evaluate/binary.ts';
import { print } from '../promql/print.ts';

/** What must hold of a value beside what a comparison asks of it. */
export interface Demand {
  op: string;
  limit: number;
}

/**
 * What an expression asks, beside one comparison and of the same series, of the value that is
 * compared there: `x > 5` beside the first half of `x != -1 and x > 5`, or of `(x != -1) > 5`.
 */
export function demandsBeside(expr: Expr, comparison: Binary): Demand[] {
  const value = print(valueOf(comparison.left));
  return (conditionsBeside(expr, comparison) ?? []).flatMap((condition) =>
    asDemand(condition, value),
  );
}

/** The comparisons that must hold with one of an expression; undefined where it isn't in it. */
function conditionsBeside(expr: Expr, comparison: Binary): Binary[] | undefined {
  if (expr === comparison) return conditions(comparison.left);
  switch (expr.type) {
    case 'binary': {
      const left = conditionsBeside(expr.left, comparison);
      const right = left ? undefined : conditionsBeside(expr.right, comparison);
      const all = expr.op === 'and' && !expr.matching;
      if (left)
        return [
          ...left,
          ...(isCondition(expr) ? [ofElements(expr)] : all ? conditions(expr.right) : []),
        ];
      return right && all ? [...right, ...conditions(expr.left)] : right;
    }
    case 'range':
    case 'modified':
    case 'unary':
    case 'aggregate':
      return conditionsBeside(expr.expr, comparison);
    case 'call':
      for (const arg of expr.args) {
        const found = conditionsBeside(arg, comparison);
        if (found) return found;
      }
      return undefined;
    case 'number':
    case 'string':
    case 'selector':
    case 'unknown':
      return undefined;
  }
}

/** What passes `max(x) > 5` does so by elements above 5: the others don't matter. */
function ofElements(condition: Binary): Binary {
  const { op, left } = condition;
  const most = op === '>' || op === '>=' ? 'max' : op === '<' || op === '<=' ? 'min' : undefined;
  return left.type === 'aggregate' && left.op === most
    ? { ...condition, left: left.expr }
    : condition;
}

/** The comparisons that each element of an expression has passed. */
function conditions(expr: Expr): Binary[] {
  if (expr.type !== 'binary') return [];
  if (isCondition(expr)) return [expr, ...conditions(expr.left)];
  if (expr.op === 'unless') return conditions(expr.left);
  if (expr.op !== 'and' || expr.matching) return [];
  return [...conditions(expr.left), ...conditions(expr.right)];
}

function isCondition({ op, bool, right }: Binary): boolean {
  return COMPARISONS.has(op) && !bool && constantOf(right) !== undefined;
}

/** What passes a comparison, or a part of it that has, keeps its value. */
function valueOf(expr: Expr): Expr {
  if (expr.type !== 'binary') return expr;
  const { op, bool, left } = expr;
  return (COMPARISONS.has(op) && !bool) || op === 'and' || op === 'unless' ? valueOf(left) : expr;
}

/** What a comparison says of a value: of itself, or of how far ahead of now it lies. */
function asDemand({ op, left, right }: Binary, value: string): Demand[] {
  const limit = constantOf(right);
  const compared = valueOf(left);
  if (limit === undefined) return [];
  if (print(compared) === value) return [{ op, limit }];
  const ahead =
    compared.type === 'binary' &&
    compared.op === '-' &&
    compared.right.type === 'call' &&
    compared.right.name === 'time' &&
    print(compared.left) === value;
  // `time()` is never below 0.
  return ahead && (op === '>' || op === '>=') ? [{ op, limit }] : [];
}

/** Whether a value passes a comparison with a number. */
export function passesDemand(value: number, { op, limit }: Demand): boolean {
  return compares(op, value, limit);
}
