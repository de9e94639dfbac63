import { COMPARISONS, eachExpr, selectors } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { typeOf } from '../../../promql/type-of.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Rule } from '../../rule.ts';

/** Series that are there only while something holds, or that say something by being there. */
const BY_BEING_THERE = /^ALERTS|_info$|_problem$|_alert$/;

export const noComparison: Rule = {
  id: 'alert/no-comparison',
  level: 'warning',
  title: 'An alert without a comparison',
  why:
    'An alert fires for every sample that its expression gives, 0 as well: it fires as soon ' +
    'as the metric is there, for ever.',
  mend: 'Compare with a limit: `… > 0`.',
  check: (stack, say) => {
    for (const { kind, expression, name } of stack.rules) {
      const { expr, subject } = expression;
      if (kind === 'alert' && expr && typeOf(expr) === 'vector' && !decides(expr, stack))
        say(expression.at(expr), `${name} compares nothing: it fires whatever the value is`, {
          subject,
        });
    }
  },
};

/**
 * Whether the expression may give nothing while its metrics are there; of `or` each side has to.
 */
function decides(expr: Expr, stack: Stack): boolean {
  if (expr.type === 'binary' && expr.op === 'or')
    return (
      decides(expr.left, stack) && (isFallback(expr.right) ? false : decides(expr.right, stack))
    );
  return decidesAlone(expr, stack);
}

/** `vector(0)` behind an `or` always gives something. */
function isFallback(expr: Expr): boolean {
  return expr.type === 'call' && expr.name === 'vector';
}

function decidesAlone(expr: Expr, { rules }: Stack): boolean {
  let found = selectors(expr).length === 0;
  eachExpr(expr, (part) => {
    if (part.type === 'unknown') found = true;
    if (part.type === 'binary')
      found ||=
        (COMPARISONS.has(part.op) && !part.bool) || part.op === 'and' || part.op === 'unless';
    if (part.type === 'call') found ||= part.name.startsWith('absent');
    if (part.type === 'selector')
      found ||= part.name === undefined || BY_BEING_THERE.test(part.name) || isRecorded(part.name);
  });
  // What a rule records may have been compared there; what others record isn't known.
  function isRecorded(name: string): boolean {
    const recorded = rules.find((rule) => rule.kind === 'record' && rule.name === name);
    const inner = recorded?.expression.expr;
    return recorded ? !inner || inner === expr || hasComparison(inner) : name.includes(':');
  }
  return found;
}

function hasComparison(expr: Expr): boolean {
  let found = false;
  eachExpr(expr, (part) => {
    if (part.type === 'binary') found ||= COMPARISONS.has(part.op) && !part.bool;
  });
  return found;
}
