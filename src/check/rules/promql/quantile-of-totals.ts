import { eachExpr } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';

export const quantileOfTotals: Rule = {
  id: 'promql/quantile-of-totals',
  level: 'warning',
  title: 'A quantile of all that ever was',
  why:
    'Buckets are counters: without a rate the quantile is that of all requests since the process ' +
    'started, and hardly moves any more, whatever happens now.',
  mend: 'Take the rate first: `histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))`.',
  check: ({ expressions }, say) => {
    for (const { expr, subject, at } of expressions.map((one) => ({
      expr: one.expr,
      subject: one.subject,
      at: one.at.bind(one),
    })))
      if (expr)
        eachExpr(expr, (part) => {
          if (part.type !== 'call' || part.name !== 'histogram_quantile') return;
          const buckets = part.args[1] && totalsOf(part.args[1]);
          if (buckets)
            say(at(buckets), `the buckets are counted since the process started`, { subject });
        });
  },
};

/** Buckets as they are scraped, summed up or not. */
function totalsOf(expr: Expr): Expr | undefined {
  if (expr.type === 'aggregate') return totalsOf(expr.expr);
  // What a rule recorded may be a rate, whatever its name ends with.
  return expr.type === 'selector' && /^[^:]+_bucket$/.test(expr.name ?? '') ? expr : undefined;
}
