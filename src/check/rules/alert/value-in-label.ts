import { PROMETHEUS } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import type { Template } from '../../../go-template/parse.ts';
import { render } from '../../../go-template/render/index.ts';
import { ruleWorld } from '../../../go-template/render/world.ts';
import { COMPARISONS } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { boundsOf } from '../../../promql/bounds.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Rule } from '../../rule.ts';

/**
 * Values from very small to very large, a third apart from each other: steps of `if` tell but a few
 * of them apart.
 */
const VALUES = Array.from({ length: 40 }, (_, i) => 0.0123 * 3 ** (i / 2));

const MOST_STEPS = VALUES.length / 3;

export const valueInLabel: Rule = {
  id: 'alert/value-in-label',
  level: 'error',
  title: "An alert's value in one of its labels",
  why:
    'Labels say which alert it is: with each new value it is another one, which begins its ' +
    '`for` anew and never fires, or fires and resolves at every evaluation.',
  mend: 'Put the value into an annotation.',
  check: ({ rules, metrics }, say) => {
    for (const { kind, labels, expression } of rules) {
      const { expr } = expression;
      if (kind !== 'alert' || (expr && isSettled(expr, metrics))) continue;
      for (const [name, { text, value }] of labels) {
        const template = parseTemplate(text, PROMETHEUS);
        const from = text.indexOf('{{');
        if (from >= 0 && !template.error && followsValue(template))
          say(
            value.within(from, text.lastIndexOf('}}') + 2),
            `the label \`${name}\` holds the value`,
            {
              subject: expression.subject,
            },
          );
      }
    }
  },
};

/**
 * Whether each alert has one value for ever: what `==` lets pass, what is 1 wherever it is, `up` of
 * what doesn't answer.
 */
function isSettled(expr: Expr, metrics: Stack['metrics']): boolean {
  const { min, max } = boundsOf(expr, (name) => metrics.neverNegative(name));
  if (min === max) return true;
  if (expr.type === 'modified') return isSettled(expr.expr, metrics);
  if (expr.type !== 'binary') return false;
  if (expr.op === 'and' || expr.op === 'unless') return isSettled(expr.left, metrics);
  if (expr.op === 'or') return [expr.left, expr.right].every((side) => isSettled(side, metrics));
  if (expr.bool || !COMPARISONS.has(expr.op)) return false;
  const [of, limit] =
    expr.right.type === 'number' ? [expr.left, expr.right] : [expr.right, expr.left];
  if (limit.type !== 'number') return false;
  return expr.op === '==' || (of.type === 'selector' && of.name === 'up');
}

/** Whether the text is another one for nearly each value, and not one of a few. */
function followsValue({ nodes }: Template): boolean {
  const texts = VALUES.map((value) => render(nodes, ruleWorld(value, new Map())).text);
  return new Set(texts).size > MOST_STEPS;
}
