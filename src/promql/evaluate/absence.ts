import type { Expr } from '../ast.ts';
import type { Element } from './types.ts';

/**
 * The labels of `=` matchers of a plain selector (promql/functions.go,
 * `createLabelsForAbsentFunction`).
 */
export function absence(expr: Expr): Element {
  let inner = expr;
  while (inner.type === 'modified' || (inner.type === 'range' && !inner.subquery))
    inner = inner.expr;
  if (inner.type !== 'selector') return { labels: {}, value: 1 };
  const { matchers } = inner;
  const labels = matchers.filter(
    (m) =>
      m.op === '=' && m.value !== '' && matchers.filter((o) => o.label === m.label).length === 1,
  );
  return { labels: Object.fromEntries(labels.map((m) => [m.label, m.value])), value: 1 };
}
