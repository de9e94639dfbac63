import { parser } from '@prometheus-io/lezer-promql';

const COMPARISONS = new Set(['Eql', 'EqlC', 'EqlSingle', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte']);

/**
 * The left side of an alert's comparison: the value that people see approach the limit.
 * Any other expression is returned as it is.
 */
export function valueExpr(expr: string): string {
  let node = parser.parse(expr).topNode.firstChild;
  while (node && node.name !== 'BinaryExpr' && node.firstChild && !node.firstChild.nextSibling)
    node = node.firstChild;
  if (node?.name !== 'BinaryExpr') return expr;
  const left = node.firstChild;
  for (let child = left?.nextSibling ?? null; child; child = child.nextSibling) {
    if (left && COMPARISONS.has(child.name)) return expr.slice(left.from, left.to);
  }
  return expr;
}
