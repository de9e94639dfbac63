import type { SyntaxNode } from '@lezer/common';
import { parsePromqlNumber } from '../../promql/number.ts';
import { plainNumber } from '../../lib/plain-number.ts';
import { replaced, textOf } from './edit.ts';
import type { Edit, ExprOperator } from './edit.ts';

const COMPARISONS = new Set(['Gtr', 'Gte', 'Lss', 'Lte', 'Eql', 'Neq']);
/** Just beyond what is 1 to 2% beside the limit. */
const NUDGE = 0.03;
/** Units that people slip by: a digit, minutes, thousands, per cent for a share. */
const SLIPS = [10, 0.1, 60, 1000, 100, 0.01];

/** A number that a comparison holds something against. */
function isLimit(node: SyntaxNode): boolean {
  if (node.name !== 'NumberDurationLiteral') return false;
  const parent = holder(node);
  if (parent?.name !== 'BinaryExpr') return false;
  for (let child = parent.firstChild; child; child = child.nextSibling)
    if (COMPARISONS.has(child.name)) return true;
  return false;
}

/** What a node stands in, brackets and signs aside. */
function holder(node: SyntaxNode): SyntaxNode | null {
  let parent = node.parent;
  while (parent?.name === 'ParenExpr' || parent?.name === 'UnaryExpr') parent = parent.parent;
  return parent;
}

/** A number that is neither a limit nor an argument: a factor or a summand. */
function isConstant(node: SyntaxNode): boolean {
  return (
    node.name === 'NumberDurationLiteral' && holder(node)?.name === 'BinaryExpr' && !isLimit(node)
  );
}

function changed(node: SyntaxNode, expr: string, to: (value: number) => number[]): Edit[] {
  const value = parsePromqlNumber(textOf(node, expr));
  if (!Number.isFinite(value)) return [];
  const texts = new Set(
    to(value)
      .filter((v) => v !== value && Number.isFinite(v))
      .map(plainNumber),
  );
  return [...texts].map((text) => replaced(node, text));
}

/** How far a limit is moved: a few per cent; of 0 and small whole numbers one. */
function nudged(value: number): number[] {
  const step = Number.isInteger(value) && Math.abs(value) <= 20 ? 1 : Math.abs(value) * NUDGE;
  return [value + step, value - step];
}

export const limitMoved: ExprOperator = {
  id: 'limit-moved',
  edits: (node, expr) => (isLimit(node) ? changed(node, expr, nudged) : []),
};

export const limitSlipped: ExprOperator = {
  id: 'limit-slipped',
  edits: (node, expr) =>
    isLimit(node) ? changed(node, expr, (value) => SLIPS.map((slip) => value * slip)) : [],
};

export const constantChanged: ExprOperator = {
  id: 'constant-changed',
  edits: (node, expr) =>
    isConstant(node) ? changed(node, expr, (value) => [value === 0 ? 1 : value * 2]) : [],
};

/** The number that a function or an aggregation is given: a quantile, how many, how far ahead. */
export const argumentChanged: ExprOperator = {
  id: 'argument-changed',
  edits: (node, expr) => {
    if (node.name !== 'NumberDurationLiteral' || holder(node)?.name !== 'FunctionCallBody')
      return [];
    return changed(node, expr, (value) =>
      value > 0 && value < 1 ? [value < 0.9 ? 0.99 : 0.5] : [value === 0 ? 1 : value * 2],
    );
  },
};
