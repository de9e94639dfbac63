import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { parseDurationMs } from './duration.ts';

/** The syntax tree of a PromQL expression; errors are nodes in it, see {@link syntaxError}. */
export function parsePromql(expr: string): Tree {
  return parser.parse(expr);
}

/** Calls `visit` with each node, outermost first. */
export function walk(tree: Tree, visit: (node: SyntaxNode) => void): void {
  const cursor = tree.cursor();
  do visit(cursor.node);
  while (cursor.next());
}

/** Offset of the first syntax error in the expression, or undefined when it parses. An empty expression is an error at 0. */
export function syntaxError(expr: string): number | undefined {
  if (expr.trim() === '') return 0;
  let at: number | undefined;
  walk(parsePromql(expr), (node) => {
    if (node.type.isError) at ??= node.from;
  });
  return at;
}

/** Names of the metrics an expression selects, each once, in order. A selector by `{__name__="x"}` counts as x. */
export function metricNames(expr: string): string[] {
  const names = new Set<string>();
  walk(parsePromql(expr), (node) => {
    const text = expr.slice(node.from, node.to);
    if (node.name === 'Identifier' && node.parent?.name === 'VectorSelector') names.add(text);
    if (node.name === 'UnquotedLabelMatcher') {
      const exact = /^__name__\s*=\s*["'`](\w+)["'`]$/.exec(text);
      if (exact?.[1]) names.add(exact[1]);
    }
  });
  return [...names];
}

/** How far back the expression looks at most: its widest range or subquery, plus the offset on it; ms. */
export function widestRangeMs(expr: string): number {
  let widest = 0;
  walk(parsePromql(expr), (node) => {
    if (node.name !== 'MatrixSelector' && node.name !== 'SubqueryExpr') return;
    const range = node.getChild('DurationExpr');
    const own = range ? (parseDurationMs(expr.slice(range.from, range.to)) ?? 0) : 0;
    const offset = node.parent?.name === 'OffsetExpr' ? node.parent.getChild('OffsetDurationExpr') : null;
    widest = Math.max(widest, own + Math.max(0, offset ? (parseDurationMs(expr.slice(offset.from, offset.to)) ?? 0) : 0));
  });
  return widest;
}
