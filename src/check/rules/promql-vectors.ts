import { eachExpr } from '../../promql/ast.ts';
import type { Binary, Expr } from '../../promql/ast.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import { labelsOf } from '../../promql/labels.ts';
import { labelValues } from '../../promql/label-values.ts';
import { sameMatcher } from '../../promql/shares.ts';
import { typeOf } from '../../promql/type-of.ts';
import type { Rule } from '../rule.ts';
import type { Stack } from '../../stack/index.ts';

export const ratioOfItself: Rule = {
  id: 'promql/ratio-of-itself',
  level: 'error',
  title: 'A ratio that divides each series by itself',
  why:
    'Both sides keep all their labels, so the part that the matcher picks is divided by the ' +
    'same part: the result is 1 wherever there is anything.',
  mend: 'Aggregate both sides by the labels that should stay: `sum by (job) (…) / sum by (job) (…)`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'binary' || part.op !== '/' || part.matching || part.group || part.fill)
            return;
          if (picksSubset(part.left, part.right))
            say(expression.at(part.opAt), 'each series is divided by itself', {
              subject: expression.subject,
            });
        });
  },
};

export const sidesNeverMatch: Rule = {
  id: 'promql/sides-never-match',
  level: 'error',
  title: 'Two sides whose labels can never be equal',
  why:
    'Prometheus joins series whose labels are equal. One side has a label that the other ' +
    'never has, so no pair is found and nothing comes out.',
  mend: 'Aggregate both sides by the same labels, or name those to compare: `/ on (job) group_left ()`.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (
            part.type !== 'binary' ||
            part.op === 'or' ||
            part.fill ||
            typeOf(part.left) !== 'vector' ||
            typeOf(part.right) !== 'vector'
          )
            return;
          const effect =
            part.op === 'unless' ? 'nothing is ever excluded' : 'no pair is ever found';
          const apart = differingLabel(part);
          if (apart)
            say(
              expression.at(part.opAt),
              `\`${apart.label}\` is \`${apart.left}\` on one side and \`${apart.right}\` on the other: ${effect}`,
              {
                subject: expression.subject,
                mend:
                  `Leave the label out of the comparison (\`ignoring (${apart.label})\`), or select both ` +
                  `values at once and aggregate: \`sum without (${apart.label}) ` +
                  `(…{${apart.label}=~"${apart.left}|${apart.right}"})\`.`,
              },
            );
          const odd = apart ? undefined : oddLabel(part, metrics);
          if (odd === undefined) return;
          say(
            expression.at(part.opAt),
            `the ${odd.side} side has \`${odd.label}\` and the other never does: ${effect}`,
            { subject: expression.subject },
          );
        });
  },
};

export const histogramWithoutLe: Rule = {
  id: 'promql/quantile-without-le',
  level: 'error',
  title: '`histogram_quantile` without `le`',
  why: 'The quantile is read from the buckets, which `le` tells apart. Without it nothing comes out.',
  mend: 'Keep `le` in the aggregation: `sum by (job, le) (rate(x_bucket[5m]))`.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'call' || part.name !== 'histogram_quantile') return;
          const buckets = part.args[1];
          if (!buckets || !hasBuckets(buckets)) return;
          if (surelyLacks(labelsOf(buckets, metrics.labels), 'le'))
            say(expression.at(buckets), '`le` is aggregated away before `histogram_quantile`', {
              subject: expression.subject,
            });
        });
  },
};

export const quantileOfWhat: Rule = {
  id: 'promql/quantile-of-no-buckets',
  level: 'error',
  title: '`histogram_quantile` of what is no bucket',
  why: 'The sum and the count of a histogram hold no buckets, so no quantile can be read from them.',
  mend: 'Use the series with `_bucket`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const buckets =
            part.type === 'call' && part.name === 'histogram_quantile' ? part.args[1] : undefined;
          if (buckets)
            eachExpr(buckets, (inner) => {
              if (inner.type === 'selector' && /_(sum|count)$/.test(inner.name ?? ''))
                say(expression.at(inner), `\`${inner.name ?? ''}\` has no buckets`, {
                  subject: expression.subject,
                });
            });
        });
  },
};

export const quantileRange: Rule = {
  id: 'promql/quantile-out-of-range',
  level: 'error',
  title: 'A quantile that is not between 0 and 1',
  why: 'Beyond 1 the result is infinite, below 0 it is minus infinity: 95 is written where 0.95 is meant.',
  mend: 'Write the quantile as a share of 1.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const quantile =
            part.type === 'call' &&
            (part.name === 'histogram_quantile' || part.name === 'quantile_over_time')
              ? part.args[0]
              : part.type === 'aggregate' && part.op === 'quantile'
                ? part.param
                : undefined;
          if (quantile?.type === 'number' && (quantile.value > 1 || quantile.value < 0))
            say(expression.at(quantile), `the quantile ${quantile.value} is not between 0 and 1`, {
              subject: expression.subject,
            });
        });
  },
};

/**
 * Whether both are the same but for matchers that the left one adds, and nothing drops the labels
 * that tell series apart.
 */
function picksSubset(left: Expr, right: Expr): boolean {
  let added = false;
  const pairs: [Expr, Expr][] = [[left, right]];
  for (const [a, b] of pairs) {
    if (a.type !== b.type) return false;
    if (a.type === 'selector' && b.type === 'selector') {
      if (
        a.name !== b.name ||
        !b.matchers.every((m) => a.matchers.some((o) => sameMatcher(m, o))) ||
        a.matchers.length === b.matchers.length
      )
        return false;
      added = true;
    } else if (a.type === 'range' && b.type === 'range' && a.rangeMs === b.rangeMs)
      pairs.push([a.expr, b.expr]);
    else if (
      a.type === 'call' &&
      b.type === 'call' &&
      a.name === b.name &&
      ['rate', 'irate', 'increase'].includes(a.name)
    )
      a.args.forEach((arg, i) => void (b.args[i] && pairs.push([arg, b.args[i]])));
    else return false;
  }
  return added;
}

/** A label that matching compares, and whose values on one side are none of those on the other. */
function differingLabel(part: Binary): { label: string; left: string; right: string } | undefined {
  const [left, right] = [labelValues(part.left), labelValues(part.right)];
  const named = part.matching?.labels.map((l) => l.name) ?? [];
  const isOn = part.matching?.kind === 'on';
  for (const [label, values] of left) {
    const others = right.get(label);
    if (isOn === named.includes(label) && others && !values.some((value) => others.includes(value)))
      return { label, left: values.join('|'), right: others.join('|') };
  }
  return undefined;
}

/** A label that matching compares, that one side surely has and the other surely lacks. */
function oddLabel(
  part: Binary,
  metrics: Stack['metrics'],
): { label: string; side: 'left' | 'right' } | undefined {
  const [left, right] = [labelsOf(part.left, metrics.labels), labelsOf(part.right, metrics.labels)];
  const named = part.matching?.labels.map((l) => l.name) ?? [];
  const compared = (label: string): boolean =>
    part.matching ? (part.matching.kind === 'on') === named.includes(label) : true;
  const ofLeft = [...left.has].find((label) => compared(label) && surelyLacks(right, label));
  if (ofLeft !== undefined) return { label: ofLeft, side: 'left' };
  const ofRight = [...right.has].find((label) => compared(label) && surelyLacks(left, label));
  return ofRight === undefined ? undefined : { label: ofRight, side: 'right' };
}

function hasBuckets(expr: Expr): boolean {
  let found = false;
  eachExpr(expr, (part) => {
    if (part.type === 'selector' && part.name?.endsWith('_bucket')) found = true;
  });
  return found;
}
