import type { SyntaxNode } from '@lezer/common';

/** A stretch of an expression's text and what stands there instead. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** One way of getting an expression wrong: all places of one syntax node where it can happen. */
export interface ExprOperator {
  /** Stable name: it is part of a mutant's id. */
  id: string;
  /**
   * @param scrapeMs how often what is selected is scraped
   * @returns alternatives; each is a mutant of its own
   */
  edits: (node: SyntaxNode, expr: string, scrapeMs: number) => Edit[];
}

/** The text of a syntax node. */
export function textOf(node: { from: number; to: number }, expr: string): string {
  return expr.slice(node.from, node.to);
}

/** A node replaced as a whole. */
export function replaced(node: { from: number; to: number }, text: string): Edit {
  return { from: node.from, to: node.to, text };
}

/** Direct children of a node. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) list.push(child);
  return list;
}
