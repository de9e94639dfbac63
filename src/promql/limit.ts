import type { SyntaxNode } from '@lezer/common';
import { parsePromql, walk } from './tree.ts';

const COMPARISONS: Record<string, '>' | '>=' | '<' | '<='> = {
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
};

/**
 * The number that an expression's outermost comparison has on its right (`… > 0.05`), and the
 * comparison; undefined when it has none.
 */
export function limitOf(
  expr: string,
): { operator: '>' | '>=' | '<' | '<='; value: number } | undefined {
  const node = unwrapped(parsePromql(expr).topNode);
  if (node.name !== 'BinaryExpr') return undefined;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const operator = COMPARISONS[child.name];
    const value = Number(expr.slice(node.lastChild?.from, node.lastChild?.to));
    if (operator && node.lastChild && Number.isFinite(value)) return { operator, value };
  }
  return undefined;
}

/**
 * The quantile (0 to 1) that an expression asks of a histogram; undefined when it asks for none, or
 * for several.
 */
export function quantileOf(expr: string): number | undefined {
  const quantiles = new Set<number>();
  walk(parsePromql(expr), (node) => {
    if (
      node.name !== 'FunctionCall' ||
      !expr.slice(node.from, node.to).startsWith('histogram_quantile')
    )
      return;
    const first = node.getChild('FunctionCallBody')?.firstChild;
    const argument = first && first.name !== 'NumberDurationLiteral' ? first.nextSibling : first;
    if (argument) quantiles.add(Number(expr.slice(argument.from, argument.to)));
  });
  const [only] = quantiles;
  return quantiles.size === 1 && only !== undefined && Number.isFinite(only) ? only : undefined;
}

/** Without what only wraps it: the top, brackets. */
function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (inner.name !== 'BinaryExpr') {
    const children: SyntaxNode[] = [];
    for (let child = inner.firstChild; child; child = child.nextSibling)
      if (child.name !== '(' && child.name !== ')') children.push(child);
    const only = children[0];
    if (children.length !== 1 || !only) return inner;
    inner = only;
  }
  return inner;
}
