import { eachExpr } from '../../../promql/ast.ts';
import type { Expr, Selector } from '../../../promql/ast.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Rule } from '../../rule.ts';

export const quantileOfWhat: Rule = {
  id: 'promql/quantile-of-no-buckets',
  level: 'error',
  title: '`histogram_quantile` of what is no bucket',
  why: 'The sum and the count of a histogram hold no buckets, so no quantile can be read from them.',
  mend: 'Use the series with `_bucket`.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const of =
            part.type === 'call' && part.name === 'histogram_quantile' ? part.args[1] : undefined;
          if (!of) return;
          const read = valuesFrom(of);
          // Buckets divided by a count are buckets still.
          if (read.some(({ name = '' }) => name.endsWith('_bucket'))) return;
          for (const one of read)
            if (/_(sum|count)$/.test(one.name ?? '') && !mayBeNative(one.name ?? '', of, metrics))
              say(expression.at(one), `\`${one.name ?? ''}\` has no buckets`, {
                subject: expression.subject,
              });
        });
  },
};

/** What an expression's values come from; not what only decides which of them there are. */
function valuesFrom(expr: Expr): Selector[] {
  switch (expr.type) {
    case 'selector':
      return [expr];
    case 'aggregate':
    case 'range':
    case 'modified':
    case 'unary':
      return valuesFrom(expr.expr);
    case 'call':
      return expr.args.flatMap(valuesFrom);
    case 'binary':
      return expr.op === 'and' || expr.op === 'unless'
        ? valuesFrom(expr.left)
        : [...valuesFrom(expr.left), ...valuesFrom(expr.right)];
    case 'number':
    case 'string':
    case 'unknown':
      return [];
  }
}

/** Ends of names behind which `_count` is a histogram's, and no name of its own. */
const UNIT = /_(seconds|milliseconds|ms|bytes|size|duration|latency)_(sum|count)$/;

/** Whether it may be the name of a native histogram, whose series hold their buckets. */
function mayBeNative(name: string, buckets: Expr, metrics: Stack['metrics']): boolean {
  let isByBucket = false;
  eachExpr(buckets, (part) => {
    if (part.type === 'aggregate' && part.grouping?.kind === 'by')
      isByBucket ||= part.grouping.labels.some((label) => label.name === 'le');
  });
  return !isByBucket && !UNIT.test(name) && !metrics.has(name.replace(/_(sum|count)$/, '_bucket'));
}
