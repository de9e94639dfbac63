import { COMPARISONS, eachExpr } from '../../../promql/ast.ts';
import type { Binary, Expr } from '../../../promql/ast.ts';
import { truth } from '../../../promql/bounds.ts';
import type { Bounds } from '../../../promql/bounds.ts';
import { cancelledValue, valuesOf } from '../../../promql/cancelled.ts';
import { print } from '../../../promql/print.ts';
import { mayPassNaN } from '../../../promql/sure-number.ts';
import { boundsText } from '../../common/bounds-text.ts';
import type { Rule } from '../../rule.ts';

export const neverTrue: Rule = {
  id: 'promql/never-true',
  level: 'error',
  title: 'A comparison that can never be true',
  why:
    'What waits for this alone never fires, however bad things are. `count` of nothing is ' +
    "nothing and never 0; a share never passes 1; a counter's rate is never below 0.",
  mend: 'Compare with a value on the right side of the scale; ask for what is missing with `absent(…)`.',
  check: ({ expressions, metrics }, say) => {
    const bounds = (expr: Expr): Bounds => valuesOf(expr, (name) => metrics.neverNegative(name));
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'binary') return;
          const { subject } = expression;
          const [left, right] = [bounds(part.left), bounds(part.right)];
          if (
            COMPARISONS.has(part.op) &&
            truth(left, part.op, right) === 'never' &&
            !part.fill &&
            !mayPassNaN(part)
          )
            say(
              expression.at(part),
              `this can never be true: the left side lies ${lies(part.left, left)}, ` +
                `the right ${lies(part.right, right)}`,
              { subject },
            );
          if (part.op === 'and' && !part.matching && excludes(part))
            say(expression.at(part.opAt), 'both conditions are never true at once', { subject });
        });
  },
};

/** `x > 5 and x < 3`: the same value on both sides, and no value that passes both. */
function excludes({ left, right }: Binary): boolean {
  const [a, b] = [limit(left), limit(right)];
  if (!a || !b || a.of !== b.of) return false;
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  return min > max || (min === max && !(a.closed && b.closed));
}

function limit(expr: Expr): (Bounds & { of: string; closed: boolean }) | undefined {
  if (
    expr.type !== 'binary' ||
    expr.bool ||
    expr.right.type !== 'number' ||
    !['>', '>=', '<', '<=', '=='].includes(expr.op)
  )
    return undefined;
  const { value } = expr.right;
  return {
    of: print(expr.left),
    closed: expr.op.endsWith('='),
    min: expr.op.startsWith('<') ? -Infinity : value,
    max: expr.op.startsWith('>') ? Infinity : value,
  };
}

/** Where a side lies, in words. */
function lies(side: Expr, bounds: Bounds): string {
  const only = cancelledValue(side);
  return only === undefined
    ? boundsText(bounds)
    : `at ${only}, as each series is divided by itself`;
}
