import { storedBound } from '../../../lib/open-metrics-number.ts';
import { selectors } from '../../../promql/ast.ts';
import type { Matcher } from '../../../promql/ast.ts';
import { passes, valuesOf } from '../../../promql/matchers.ts';
import { pinnedVersion, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

/**
 * Labels that Prometheus 3 writes as floats, whatever the exporter says (prometheus.io/docs,
 * "Migration guide").
 */
const FLOATS = new Set(['le', 'quantile']);

const FIRST_WITH_FLOATS = 3;

export const integerBucket: Rule = {
  id: 'promql/integer-bucket',
  level: 'error',
  title: 'A bucket asked for by a whole number',
  why:
    'Prometheus 3 stores `le="1"` as `le="1.0"`, and `quantile` likewise: a matcher with a ' +
    'whole number selects nothing.',
  mend: 'Write `1.0`; while an older Prometheus has to answer too, `=~"1|1.0"`.',
  check: (stack, say) => {
    const pinned = pinnedVersion(stack, PROMETHEUS_IMAGE);
    if (pinned && pinned.major < FIRST_WITH_FLOATS) return;
    for (const expression of stack.expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const matcher of selector.matchers)
          for (const value of integersIn(matcher))
            if (matcher.label !== 'le' || isBucket(selector.name))
              say(
                expression.at(matcher),
                `\`${matcher.label}="${value}"\` selects nothing: it is stored as \`${storedBound(value)}\``,
                { subject: expression.subject, ...(pinned ? {} : { level: 'warning' }) },
              );
  },
};

/** Whole numbers that a matcher asks for by themselves, and not beside the float that they are. */
function integersIn(matcher: Matcher): string[] {
  const asked = FLOATS.has(matcher.label) ? (valuesOf(matcher) ?? alternatives(matcher)) : [];
  return asked.filter(
    (value) => /^\d+$/.test(value) && passes(matcher, storedBound(value)) === false,
  );
}

/** Of `0.5|1` the point may be any character; the parts are as good as texts. */
function alternatives({ op, value }: Matcher): string[] {
  return op === '=~' && /^[\d.|+Inf\\]*$/.test(value) ? value.split('|') : [];
}

function isBucket(name: string | undefined): boolean {
  return name === undefined || name.endsWith('_bucket');
}
