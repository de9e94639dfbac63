import { COMPARISONS, eachExpr, selectors } from '../../promql/ast.ts';
import type { Binary, Expr } from '../../promql/ast.ts';
import { boundsOf, truth } from '../../promql/bounds.ts';
import type { Bounds } from '../../promql/bounds.ts';
import { cancelledValue, valuesOf } from '../../promql/cancelled.ts';
import { print } from '../../promql/print.ts';
import type { Rule } from '../rule.ts';

export const neverTrue: Rule = {
  id: 'promql/never-true',
  level: 'error',
  title: 'A comparison that can never be true',
  why:
    'The alert never fires, however bad things are. `count` of nothing is nothing and never ' +
    '0; a share never passes 1; a rate is never below 0.',
  mend: 'Compare with a value on the right side of the scale; ask for what is missing with `absent(…)`.',
  check: ({ expressions, metrics }, say) => {
    const bounds = (expr: Expr): Bounds => valuesOf(expr, (name) => metrics.neverNegative(name));
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'binary') return;
          const { subject } = expression;
          const [left, right] = [bounds(part.left), bounds(part.right)];
          if (COMPARISONS.has(part.op) && truth(left, part.op, right) === 'never')
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

export const alwaysTrue: Rule = {
  id: 'promql/always-true',
  level: 'error',
  title: 'A comparison that is always true',
  why: 'The alert fires as soon as its metric is there, whatever its value.',
  mend: 'Compare with a value on the right side of the scale: 0.8 of a share is 80 per cent.',
  check: ({ rules, metrics }, say) => {
    for (const { kind, expression } of rules) {
      const { expr, subject } = expression;
      if (kind !== 'alert' || expr?.type !== 'binary' || !COMPARISONS.has(expr.op) || expr.bool)
        continue;
      if (isFiltered(expr)) continue;
      const [left, right] = [expr.left, expr.right].map((side) =>
        boundsOf(side, (name) => metrics.neverNegative(name)),
      );
      // Two constants, or what is always 1 (`absent`, a Watchdog), are meant to be true whenever
      // they are there.
      if (!left || !right || (left.min === left.max && right.min === right.max)) continue;
      if (truth(left, expr.op, right) === 'always')
        say(
          expression.at(expr),
          `this is always true: the left side lies ${shown(left)}, the right ${shown(right)}`,
          { subject },
        );
    }
  },
};

/**
 * Whether something inside decides already what is there: `count(x < 1) > 0` says the same as
 * `count(x < 1)`. So do series that are there only while something holds: alerts, and what is
 * counted by its labels.
 */
function isFiltered({ left, right }: Binary): boolean {
  let found = false;
  for (const side of [left, right])
    eachExpr(side, (part) => {
      if (part.type === 'binary' && !part.bool)
        found ||= COMPARISONS.has(part.op) || part.op === 'and' || part.op === 'unless';
      if (part.type === 'call' && part.name.startsWith('absent')) found = true;
      if (part.type === 'selector') found ||= /^ALERTS/.test(part.name ?? '');
      if (part.type === 'aggregate' && part.op === 'count')
        found ||= selectors(part.expr).some((s) =>
          s.matchers.some((m) => m.label !== 'job' && m.label !== 'instance'),
        );
    });
  return found;
}

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
  return only === undefined ? shown(bounds) : `at ${only}, as each series is divided by itself`;
}

function shown({ min, max }: Bounds): string {
  if (min === max) return `at ${min}`;
  if (min === -Infinity && max === Infinity) return 'anywhere';
  if (max === Infinity) return `at ${min} or above`;
  return min === -Infinity ? `at ${max} or below` : `between ${min} and ${max}`;
}
