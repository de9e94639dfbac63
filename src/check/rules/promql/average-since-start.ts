import { COMPARISONS, eachExpr, selectors } from '../../../promql/ast.ts';
import type { Binary, Expr } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';

/** Names of counters that are shares of each other. */
const OUTCOMES =
  /(hits?|miss(es)?|errors?|requests?|failures?|failed|success(es|ful)?|responses?)_total$/;

export const sinceStart: Rule = {
  id: 'promql/average-since-start',
  level: 'warning',
  title: 'An alert on an average since the process started',
  why:
    'Of counters as they are, the ratio is that of all that ever was: after a week a bad hour ' +
    'no longer moves it, and after a restart the first request decides.',
  mend: 'Take the rate on both sides: `rate(x_sum[5m]) / rate(x_count[5m])`.',
  check: ({ rules }, say) => {
    for (const { kind, expression } of rules)
      if (kind === 'alert' && expression.expr)
        eachExpr(expression.expr, (part, within) => {
          const isLimited = within.some((p) => p.type === 'binary' && COMPARISONS.has(p.op));
          const isPlain = within.every((p) => p.type === 'binary' || p.type === 'aggregate');
          if (part.type === 'binary' && part.op === '/' && isLimited && isPlain && isOfTotals(part))
            say(expression.at(part), 'both sides are counted since the process started', {
              subject: expression.subject,
            });
        });
  },
};

/** Whether both sides are sums of counters, by their names. */
function isOfTotals({ left, right }: Binary): boolean {
  if (!isSum(left) || !isSum(right)) return false;
  const names = [left, right].map((side) => selectors(side).map(({ name = '' }) => name));
  const [of = [], by = []] = names;
  // What a rule recorded may be a rate, whatever its name ends with.
  if (of.length === 0 || by.length === 0 || [...of, ...by].some((name) => name.includes(':')))
    return false;
  return (
    (of.every((name) => name.endsWith('_sum')) &&
      by.every((name) => of.includes(name.replace(/_count$/, '_sum')))) ||
    [...of, ...by].every((name) => OUTCOMES.test(name))
  );
}

/** Nothing but sums of series as they are scraped. */
function isSum(expr: Expr): boolean {
  if (expr.type === 'selector') return true;
  if (expr.type === 'aggregate') return expr.op === 'sum' && isSum(expr.expr);
  return expr.type === 'binary' && expr.op === '+' && isSum(expr.left) && isSum(expr.right);
}
