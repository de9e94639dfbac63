import { COMPARISONS, eachExpr, selectors } from '../../../promql/ast.ts';
import type { Binary, Expr } from '../../../promql/ast.ts';
import { boundsOf, truth } from '../../../promql/bounds.ts';
import { boundsText } from '../../common/bounds-text.ts';
import type { Rule } from '../../rule.ts';

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
      if (isFiltered(expr) || asksWhetherThere(expr)) continue;
      const [left, right] = [expr.left, expr.right].map((side) =>
        boundsOf(side, (name) => metrics.neverNegative(name)),
      );
      // Two constants, or what is always 1 (`absent`, a Watchdog), are meant to be true whenever
      // they are there.
      if (!left || !right || (left.min === left.max && right.min === right.max)) continue;
      if (truth(left, expr.op, right) === 'always')
        say(
          expression.at(expr),
          `this is always true: the left side lies ${boundsText(left)}, the right ${boundsText(right)}`,
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

/** Aggregations of what is counted already that make nothing come or go. */
const OF_COUNTS = new Set(['count', 'sum', 'min', 'max', 'avg']);

/**
 * `count(x) > 0` is `group(x) > 0` in other words: it is meant to fire as soon as there is any of
 * what isn't always there.
 */
function asksWhetherThere({ left, op, right }: Binary): boolean {
  const least = right.type === 'number' ? right.value : undefined;
  if (!(least === 0 && (op === '>' || op === '!=')) && !(least === 1 && op === '>=')) return false;
  let side = left;
  while (side.type === 'aggregate' && OF_COUNTS.has(side.op) && !isCounted(side)) side = side.expr;
  return (
    isCounted(side) && selectors(side).every(({ name }) => name !== undefined && name !== 'up')
  );
}

/** Whether it counts series as they are, or a series' samples. */
function isCounted(side: Expr): boolean {
  if (side.type === 'aggregate') return side.op === 'count' && side.expr.type === 'selector';
  return side.type === 'call' && side.name === 'count_over_time';
}
