import { COMPARISONS, eachExpr } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { VALUE_FREE } from '../../../promql/functions.ts';
import type { Expression } from '../../../stack/expression.ts';
import type { Rule } from '../../rule.ts';

export const counterWithoutRate: Rule = {
  id: 'promql/counter-without-rate',
  level: 'warning',
  title: 'A counter without a rate',
  why:
    'A counter only grows until its process restarts: a limit on it is passed by age alone, ' +
    'and a graph of it says nothing about now.',
  mend: 'Take `rate(x[5m])` or `increase(x[1h])` of it.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions) {
      const { expr, subject } = expression;
      if (!expr) continue;
      eachExpr(expr, (part, within) => {
        if (
          part.type !== 'selector' ||
          part.name === undefined ||
          metrics.type(part.name) !== 'counter' ||
          !isRaw(part, within)
        )
          return;
        // A sum of sums, an average over all time: both may be meant. A limit, and a graph of one
        // counter, can't be.
        const compared = within.some((p) => p.type === 'binary' && COMPARISONS.has(p.op));
        const divided = within.some((p) => p.type === 'binary' && !COMPARISONS.has(p.op));
        if (compared && !divided && expression.use === 'alert')
          say(expression.at(part), `\`${part.name}\` is a counter and is compared as it is`, {
            subject,
          });
        else if (!divided && !compared && expression.use === 'panel' && isGraph(expression))
          say(expression.at(part), `\`${part.name}\` is a counter and is drawn as it is`, {
            subject,
          });
      });
    }
  },
};

/** Whether nothing on the way outwards turns the counter's value into something else. */
function isRaw(part: Expr, within: readonly Expr[]): boolean {
  let inner: Expr = part;
  for (const outer of within.toReversed()) {
    if (
      outer.type === 'call' &&
      (VALUE_FREE.has(outer.name) ||
        !/^(sum|avg|max|min|last|abs|ceil|floor|round|sort)/.test(outer.name))
    )
      return false;
    if (outer.type === 'aggregate' && ['count', 'group', 'count_values'].includes(outer.op))
      return false;
    // The right side of `and` and `unless` decides by being there.
    if (
      outer.type === 'binary' &&
      (outer.op === 'and' || outer.op === 'unless') &&
      outer.right === inner
    )
      return false;
    // `x == x offset 5m` and `x > 0 as a condition` compare with itself or with "ever".
    if (
      outer.type === 'binary' &&
      COMPARISONS.has(outer.op) &&
      !(outer.left.type === 'number'
        ? outer.left.value > 0
        : outer.right.type === 'number' && outer.right.value > 0)
    )
      return false;
    inner = outer;
  }
  return true;
}

/** A panel that draws a line over time; a single figure of all that ever was may be meant. */
function isGraph(expression: Expression): boolean {
  return expression.panelType === 'timeseries' || expression.panelType === 'graph';
}
