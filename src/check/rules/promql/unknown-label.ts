import { eachExpr } from '../../../promql/ast.ts';
import { surelyLacks } from '../../../promql/label-set.ts';
import { labelsOf } from '../../../promql/labels.ts';
import { matchesEmpty } from '../../../promql/matchers.ts';
import type { Dashboard } from '../../../stack/dashboards/index.ts';
import type { Stack } from '../../../stack/index.ts';
import { meantLabel } from '../../common/meant-label.ts';
import type { Level } from '../../../model/check.ts';
import type { Rule, Say } from '../../rule.ts';

export const unknownLabel: Rule = {
  id: 'promql/unknown-label',
  level: 'error',
  title: 'A label that the metric never has',
  why: 'A matcher on it selects nothing (or excludes nothing), and a `by` on it makes one group of all.',
  mend: 'Use a label that the metric has.',
  check: ({ expressions, dashboards, metrics }, say) => {
    lackedByVariables(dashboards, metrics, say);
    for (const expression of expressions) {
      const { expr, subject } = expression;
      const labelsFor = expression.use === 'panel' ? metrics.labelsThere : metrics.labels;
      if (expr)
        eachExpr(expr, (part) => {
          if (part.type === 'selector') {
            const known = part.name === undefined ? undefined : labelsFor(part.name, part.matchers);
            for (const matcher of part.matchers) {
              if (
                !known ||
                !surelyLacks(known, matcher.label) ||
                (matcher.op === '=' && matcher.value === '') ||
                matcher.value === '.*'
              )
                continue;
              say(
                expression.at(matcher),
                `\`${part.name ?? ''}\` has no label \`${matcher.label}\`: this matcher ` +
                  `${matchesEmpty(matcher) ? 'excludes nothing' : 'selects nothing'}`,
                { subject, mend: meantLabel(matcher.label, known.may) },
              );
            }
          }
          if (part.type === 'aggregate' && part.grouping?.kind === 'by') {
            const inner = labelsOf(part.expr, labelsFor);
            // What an inner aggregation has dropped is told by `by` itself only when the metric is
            // known.
            for (const label of part.grouping.labels)
              if (surelyLacks(inner, label.name) && inner.may)
                say(
                  expression.at(label),
                  `\`by (${label.name})\` groups by a label that isn't there`,
                  {
                    ...{ subject, mend: meantLabel(label.name, inner.may) },
                    level: levelOf(label.name, part.grouping.labels.length),
                  },
                );
          }
        });
    }
  },
};

/**
 * What comes out is right, with a label that is empty; rules for several clusters name theirs
 * wherever they group, for those who have one.
 */
function levelOf(label: string, grouped: number): Level {
  return label === 'cluster' && grouped > 1 ? 'advice' : 'warning';
}

/** Variables that offer the values of a label which their series don't have. */
function lackedByVariables(dashboards: Dashboard[], metrics: Stack['metrics'], say: Say): void {
  for (const { expression, label, query } of dashboards.flatMap(({ lookups }) => lookups)) {
    if (!label || !expression.expr) continue;
    const labels = labelsOf(expression.expr, metrics.labelsThere);
    if (surelyLacks(labels, label.name))
      say(
        query.within(label.from, label.from + label.name.length),
        `\`${expression.text}\` has no label \`${label.name}\`: nothing is offered`,
        { subject: expression.subject, mend: meantLabel(label.name, labels.may) },
      );
  }
}
