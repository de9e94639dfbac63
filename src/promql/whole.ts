import { COMPARISONS } from './ast.ts';
import type { Binary, Expr } from './ast.ts';
import { constantOf } from './constant.ts';
import { CALENDAR } from './evaluate/instant.ts';
import { typeOf } from './type-of.ts';

/** Whatever they are made from, what they give are whole numbers. */
const WHOLE = new Set([
  'absent',
  'absent_over_time',
  'ceil',
  'changes',
  'count',
  'count_over_time',
  'count_values',
  'floor',
  'group',
  'present_over_time',
  'resets',
  'sgn',
]);
/** They give whole numbers when they are made from such. */
const KEEPING = new Set([
  'abs',
  'bottomk',
  'first_over_time',
  'label_join',
  'label_replace',
  'last_over_time',
  'limitk',
  'max',
  'max_over_time',
  'min',
  'min_over_time',
  'scalar',
  'sort',
  'sort_desc',
  'sum',
  'sum_over_time',
  'topk',
  'vector',
]);

/** Whether an expression's values are surely whole numbers: what counts, or is rounded. */
export function isWhole(expr: Expr): boolean {
  switch (expr.type) {
    case 'number':
      return Number.isInteger(expr.value);
    case 'selector':
      return expr.name === 'up';
    case 'range':
    case 'modified':
    case 'unary':
      return isWhole(expr.expr);
    case 'aggregate':
      return WHOLE.has(expr.op) || (KEEPING.has(expr.op) && isWhole(expr.expr));
    case 'call': {
      const { name, args } = expr;
      if (WHOLE.has(name) || CALENDAR.has(name)) return true;
      if (name === 'round') return args.length === 1;
      return KEEPING.has(name) && args[0] !== undefined && isWhole(args[0]);
    }
    case 'binary':
      return isWholeBinary(expr);
    case 'string':
    case 'unknown':
      return false;
  }
}

function isWholeBinary({ op, bool, left, right }: Binary): boolean {
  // What a comparison keeps are the vector's values, on whichever side it stands.
  if (COMPARISONS.has(op)) return bool || isWhole(typeOf(left) === 'scalar' ? right : left);
  if (op === 'and' || op === 'unless') return isWhole(left);
  return ['+', '-', '*', 'or'].includes(op) && isWhole(left) && isWhole(right);
}

/**
 * Of what an expression's values surely are multiples: 1 of whole numbers, 0.05 of `count(x) / 20`.
 */
export function stepOf(expr: Expr): number | undefined {
  if (isWhole(expr)) return 1;
  if (expr.type !== 'binary' || (expr.op !== '*' && expr.op !== '/')) return undefined;
  const by = constantOf(expr.right);
  const inner = stepOf(expr.left);
  if (inner !== undefined && by !== undefined && by > 0)
    return expr.op === '*' ? inner * by : inner / by;
  const times = expr.op === '*' ? constantOf(expr.left) : undefined;
  const other = times !== undefined && times > 0 ? stepOf(expr.right) : undefined;
  return other === undefined || times === undefined ? undefined : other * times;
}
