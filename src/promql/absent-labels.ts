import type { Expr } from './ast.ts';

/**
 * The labels that `absent` and `absent_over_time` give (promql/functions.go,
 * `createLabelsForAbsentFunction`): those of a plain selector's `=` matchers, wherever it looks.
 * Its matchers are gone through in order: a second one of the same label takes it away again, but
 * an `=` behind others sets it.
 */
export function absentLabels(expr: Expr): ReadonlyMap<string, string> {
  let inner = expr;
  while (inner.type === 'modified' || (inner.type === 'range' && !inner.subquery))
    inner = inner.expr;
  const labels = new Map<string, string>();
  const set = new Set<string>();
  for (const { label, op, value } of inner.type === 'selector' ? inner.matchers : []) {
    if (label === '__name__') continue;
    const isFirst = op === '=' && !set.has(label);
    if (isFirst) set.add(label);
    // An empty label is none.
    if (isFirst && value !== '') labels.set(label, value);
    else labels.delete(label);
  }
  return labels;
}
