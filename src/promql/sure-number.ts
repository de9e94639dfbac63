import { COMPARISONS } from './ast.ts';
import type { Binary, Expr } from './ast.ts';
import { constantOf } from './constant.ts';
import { OF_MOMENTS } from './functions.ts';
import { typeOf } from './type-of.ts';

/** Whether a comparison may be true by what is no number alone, whatever its sides' bounds are. */
export function mayPassNaN({ op, left, right }: Binary): boolean {
  return op === '!=' && !(isSurelyNumber(left) && isSurelyNumber(right));
}

/** Whatever they are made from, what they give is a number. */
const NUMBERS = new Set([
  ...['absent', 'absent_over_time', 'changes', 'count', 'count_over_time', 'group', 'pi'],
  ...['present_over_time', 'resets', 'time', 'timestamp'],
]);
/** They give numbers when they are made from such. */
const KEEPING = new Set([
  ...['abs', 'avg', 'bottomk', 'ceil', 'floor', 'label_join', 'label_replace', 'limitk', 'max'],
  ...['min', 'sgn', 'sort', 'sort_desc', 'topk', 'vector'],
]);

/**
 * Whether no value of an expression can be NaN, which is no number's equal and so passes `!=`: a
 * sample may be, and `scalar` gives it where there isn't one series alone.
 */
function isSurelyNumber(expr: Expr): boolean {
  const constant = constantOf(expr);
  if (constant !== undefined) return !Number.isNaN(constant);
  switch (expr.type) {
    case 'selector':
      return expr.name === 'up';
    case 'modified':
    case 'unary':
      return isSurelyNumber(expr.expr);
    case 'aggregate':
      return NUMBERS.has(expr.op) || (KEEPING.has(expr.op) && isSurelyNumber(expr.expr));
    case 'call': {
      const [arg] = expr.args;
      if (NUMBERS.has(expr.name)) return true;
      if (OF_MOMENTS.has(expr.name)) return !arg || isSurelyNumber(arg);
      return KEEPING.has(expr.name) && arg !== undefined && isSurelyNumber(arg);
    }
    case 'binary': {
      const { op, left, right } = expr;
      if (op === 'and' || op === 'unless') return isSurelyNumber(left);
      if (op === 'or') return isSurelyNumber(left) && isSurelyNumber(right);
      if (!COMPARISONS.has(op) || expr.fill) return false;
      // What passes any other comparison is a number.
      return expr.bool || op !== '!=' || isSurelyNumber(typeOf(left) === 'scalar' ? right : left);
    }
    case 'range':
    case 'number':
    case 'string':
    case 'unknown':
      return false;
  }
}
