import type { SyntaxNode } from '@lezer/common';
import type { Label } from './ast.ts';
import { unquote } from './unquote.ts';

/** Children without comments. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment') list.push(child);
  return list;
}

/** The labels that an aggregation names. */
export function labelsIn(modifier: SyntaxNode, text: string): Label[] {
  const list = modifier.getChild('GroupingLabels');
  return list ? labelList(list, text) : [];
}

/** The labels of a list in parentheses, with their places. */
export function labelList(list: SyntaxNode, text: string): Label[] {
  return parts(list).map((n) => ({
    name:
      n.name === 'QuotedLabelName' ? unquote(text.slice(n.from, n.to)) : text.slice(n.from, n.to),
    from: n.from,
    to: n.to,
  }));
}
