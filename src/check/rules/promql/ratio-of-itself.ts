import { eachExpr } from '../../../promql/ast.ts';
import type { Expr, Range } from '../../../promql/ast.ts';
import { sameMatcher } from '../../../promql/shares.ts';
import type { Expression } from '../../../stack/expression.ts';
import type { Rule } from '../../rule.ts';

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
          if (picksSubset(part.left, part.right, (at) => variableAt(expression, at)))
            say(expression.at(part.opAt), 'each series is divided by itself', {
              subject: expression.subject,
            });
        });
  },
};

/**
 * Whether both are the same but for matchers that the left one adds, and nothing drops the labels
 * that tell series apart.
 * @param variableIn the variable that a range is, where it is one: another is another length
 */
function picksSubset(left: Expr, right: Expr, variableIn: VariableIn): boolean {
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
    } else if (a.type === 'range' && b.type === 'range' && isAsLong(a, b, variableIn))
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

function isAsLong(a: Range, b: Range, variableIn: VariableIn): boolean {
  return a.rangeMs === b.rangeMs && variableIn(a.rangeAt) === variableIn(b.rangeAt);
}

type At = Range['rangeAt'];
type VariableIn = (at: At) => string | undefined;

function variableAt({ variables }: Expression, at: At): string | undefined {
  return variables.find(({ from, to }) => from < at.to && to > at.from)?.name;
}
