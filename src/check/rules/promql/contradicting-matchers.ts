import { selectors } from '../../../promql/ast.ts';
import { passes } from '../../../promql/matchers.ts';
import type { Rule } from '../../rule.ts';

export const contradiction: Rule = {
  id: 'promql/contradicting-matchers',
  level: 'error',
  title: 'Matchers that exclude each other',
  why: 'No series can pass both, so the selector never selects anything.',
  mend: 'Remove one of them, or join the values: `{status=~"500|502"}`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const matcher of selector.matchers) {
          if (matcher.op !== '=') continue;
          const other = selector.matchers.find(
            (m) =>
              m !== matcher &&
              m.label === matcher.label &&
              passes(m, matcher.value) === false &&
              (m.op !== '=' || m.from > matcher.from),
          );
          if (other)
            say(
              expression.at(other),
              `\`${expression.text.slice(other.from, other.to)}\` excludes what ` +
                `\`${expression.text.slice(matcher.from, matcher.to)}\` selects`,
              { subject: expression.subject },
            );
        }
  },
};
