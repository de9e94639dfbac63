import { selectors } from '../../../promql/ast.ts';
import type { Matcher } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';
import { PROMETHEUS_IMAGE, pinnedVersion } from '../../../stack/pinned.ts';

/** Labels that Prometheus 3 writes as floats, whatever the exporter says (prometheus.io/docs, "Migration guide"). */
const FLOATS = new Set(['le', 'quantile']);
const FIRST_WITH_FLOATS = 3;

export const integerBucket: Rule = {
  id: 'promql/integer-bucket',
  level: 'error',
  title: 'A bucket asked for by a whole number',
  why: 'Prometheus 3 stores `le="1"` as `le="1.0"`, and `quantile` likewise: a matcher with a whole number selects nothing.',
  mend: 'Write `1.0`; while an older Prometheus has to answer too, `=~"1|1.0"`.',
  check: (stack, say) => {
    const pinned = pinnedVersion(stack, PROMETHEUS_IMAGE);
    if (pinned && pinned.major < FIRST_WITH_FLOATS) return;
    for (const expression of stack.expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const matcher of selector.matchers)
          if (isInteger(matcher) && (matcher.label !== 'le' || isBucket(selector.name)))
            say(
              expression.at(matcher),
              `\`${matcher.label}="${matcher.value}"\` selects nothing: it is stored as \`${matcher.value}.0\``,
              { subject: expression.subject, ...(pinned ? {} : { level: 'warning' }) },
            );
  },
};

function isInteger({ label, op, value }: Matcher): boolean {
  return FLOATS.has(label) && op === '=' && /^\d+$/.test(value);
}

function isBucket(name: string | undefined): boolean {
  return name === undefined || name.endsWith('_bucket');
}
