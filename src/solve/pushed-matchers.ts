import type { Expr, Matcher } from '../promql/ast.ts';
import { passesAll } from './matching.ts';
import type { SolveRule } from './rules.ts';
import { valueParts } from './value-parts.ts';

/**
 * Matchers that what is recorded must pass, as far as they reach what it is made of; undefined when
 * it never passes.
 */
export function pushedInto(rule: SolveRule, matchers: readonly Matcher[]): Matcher[] | undefined {
  const { labels } = rule;
  if (
    !passesAll(
      matchers.filter((m) => m.label in labels),
      labels,
    )
  )
    return undefined;
  const made = rule.expr ? madeLabels(rule.expr) : new Set<string>();
  return matchers.filter(
    (m) => !(m.label in labels) && !made.has(m.label) && m.label !== '__name__',
  );
}

/** Labels that an expression writes itself. */
function madeLabels(expr: Expr): Set<string> {
  const made = new Set<string>();
  const go = (e: Expr): void => {
    if (e.type === 'aggregate' && e.op === 'count_values' && e.param?.type === 'string')
      made.add(e.param.value);
    if (e.type === 'call' && (e.name === 'label_replace' || e.name === 'label_join')) {
      const [, target] = e.args;
      if (target?.type === 'string') made.add(target.value);
    }
    for (const part of valueParts(e)) go(part);
  };
  go(expr);
  return made;
}
