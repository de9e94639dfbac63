import type { SyntaxNode } from '@lezer/common';
import { formatDuration } from '../../lib/duration.ts';
import { TWO_SAMPLES } from '../../promql/functions.ts';
import { durationOf } from '../../promql/tree.ts';
import { replaced, textOf } from './edit.ts';
import type { ExprOperator } from './edit.ts';

/** What may stand between a function's argument and its range. */
const AROUND = new Set(['ParenExpr', 'OffsetExpr', 'StepInvariantExpr']);

/**
 * A range of one scrape, of which a difference is taken: there are never two samples in it. What a
 * rule records is written at evaluations, and its range is left as it is.
 */
export const rangeUnderTwoScrapes: ExprOperator = {
  id: 'range-under-two-scrapes',
  edits: (node, expr, scrapeMs) => {
    const range = node.name === 'DurationExpr' ? node.parent : null;
    if (range?.name !== 'MatrixSelector' || !isOfScrapes(range, expr)) return [];
    const ms = durationOf(expr, node);
    const differs = TWO_SAMPLES.has(functionOver(range, expr).toLowerCase());
    return differs && ms !== undefined && ms >= 2 * scrapeMs
      ? [replaced(node, formatDuration(scrapeMs))]
      : [];
  },
};

/** Whether what is selected was scraped, as far as its name tells. */
function isOfScrapes(range: SyntaxNode, expr: string): boolean {
  const name = range.getChild('VectorSelector')?.getChild('Identifier');
  return !name || !textOf(name, expr).includes(':');
}

/** The name of the function that is given a range; nothing where there is none. */
function functionOver(range: SyntaxNode, expr: string): string {
  let outer = range.parent;
  while (outer && AROUND.has(outer.name)) outer = outer.parent;
  const name = outer?.name === 'FunctionCallBody' ? outer.parent?.firstChild : undefined;
  return name ? textOf(name, expr) : '';
}
