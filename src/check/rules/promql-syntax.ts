import { eachExpr } from '../../promql/ast.ts';
import { re2Problem } from '../../promql/regex/refused.ts';
import { wrongTypes } from '../../promql/wrong-types.ts';
import { PROMETHEUS_IMAGE, pinnedVersion } from '../../stack/pinned.ts';
import type { Rule } from '../rule.ts';

export const promqlSyntax: Rule = {
  id: 'promql/syntax',
  level: 'error',
  title: 'An expression that is not PromQL',
  why: 'Prometheus refuses the whole rule file, or the panel shows an error.',
  mend: 'Write it as PromQL; the place is where reading it had to stop.',
  check: (stack, say) => {
    const { expressions, rules } = stack;
    const isOld = (pinnedVersion(stack, PROMETHEUS_IMAGE)?.major ?? 3) < 3;
    for (const expression of expressions) {
      const { error, subject } = expression;
      if (error && !(isOld && error.message.includes('in Prometheus 3')))
        say(
          expression.at({ from: error.from, to: error.from + 1 }),
          `the expression is no PromQL: ${error.message}`,
          { subject },
        );
    }
    for (const { expression, value, name } of rules)
      if (!value.has('expr') && expression.error === undefined)
        say(value.head, `${name} has no expression`);
  },
};

export const promqlType: Rule = {
  id: 'promql/type',
  level: 'error',
  title: 'An expression of the wrong type',
  why: 'Prometheus refuses it before it reads any data: `rate` wants a range, an alert wants an instant vector.',
  mend: 'Add the range in brackets (`[5m]`) where one is wanted, or remove it where none is.',
  check: ({ expressions }, say) => {
    for (const expression of expressions) {
      const { expr, subject } = expression;
      if (!expr || expression.isMetricsql) continue;
      for (const { part, message } of wrongTypes(expr))
        say(expression.at(part), message, { subject });
    }
  },
};

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
