import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { parseDurationMs } from '../lib/duration.ts';

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

/**
 * Offset of the first syntax error in the expression, or undefined when it parses. An empty
 * expression is an error at 0.
 */
export function syntaxError(expr: string): number | undefined {
  if (expr.trim() === '') return 0;
  let at: number | undefined;
  walk(parsePromql(expr), (node) => {
    if (node.type.isError) at ??= node.from;
  });
  return at;
}

/**
 * Names of the metrics an expression selects, each once, in order. A selector by `{__name__="x"}`
 * or `{"x"}` counts as x.
 */
export function metricNames(expr: string): string[] {
  const names = new Set<string>();
  walk(parsePromql(expr), (node) => {
    const text = expr.slice(node.from, node.to);
    if (node.name === 'Identifier' && node.parent?.name === 'VectorSelector') names.add(text);
    if (node.name === 'QuotedLabelName' && node.parent?.name === 'LabelMatchers')
      names.add(text.slice(1, -1));
    if (node.name === 'UnquotedLabelMatcher' || node.name === 'QuotedLabelMatcher') {
      const exact = /^["'`]?__name__["'`]?\s*=\s*["'`]([^"'`]+)["'`]$/.exec(text);
      if (exact?.[1]) names.add(exact[1]);
    }
  });
  return [...names];
}

/**
 * Milliseconds that a range, a step or an offset of the syntax tree stands for: literals (plain
 * numbers are seconds), signs, sums and differences of them. Undefined for anything else, such as
 * `step()` or a product.
 */
export function durationOf(expr: string, node: SyntaxNode): number | undefined {
  if (node.name === 'NumberDurationLiteralInDurationContext') {
    const text = expr.slice(node.from, node.to);
    const ms = parseDurationMs(text) ?? Number(text) * 1000;
    return Number.isFinite(ms) ? ms : undefined;
  }
  if (node.name !== 'DurationExpr' && node.name !== 'OffsetDurationExpr') return undefined;
  let sum: number | undefined;
  let sign = 1;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const text = expr.slice(child.from, child.to);
    if (child.name === 'UnaryOp' || child.name === 'Add' || child.name === 'Sub')
      sign = text === '-' ? -1 : 1;
    else {
      const value = durationOf(expr, child);
      if (value === undefined) return undefined;
      sum = (sum ?? 0) + sign * value;
    }
  }
  return sum;
}
