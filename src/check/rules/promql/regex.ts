import { eachExpr } from '../../../promql/ast.ts';
import { re2Problem } from '../../../promql/regex/refused.ts';
import type { Rule } from '../../rule.ts';

export const promqlRegex: Rule = {
  id: 'promql/regex',
  level: 'error',
  title: 'A regular expression that Prometheus refuses',
  why: 'Prometheus knows RE2 only; with any other pattern it refuses the whole file.',
  mend: 'Write the pattern in RE2: no looking ahead or behind, no back references.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'selector') return;
          for (const matcher of part.matchers) {
            const problem =
              matcher.op === '=~' || matcher.op === '!~' ? re2Problem(matcher.value) : undefined;
            if (problem !== undefined)
              say(
                expression.at(matcher),
                `the pattern of \`${matcher.label}\` is refused: ${problem}`,
                { subject: expression.subject },
              );
          }
        });
  },
};
