import type { SyntaxNode } from '@lezer/common';
import { childrenOf, replaced, textOf } from './edit.ts';
import type { Edit, ExprOperator } from './edit.ts';

/** Each operator by its node's name, and what is taken for it. */
const TURNED: Record<string, string> = {
  Gtr: '<',
  Gte: '<=',
  Lss: '>',
  Lte: '>=',
  Eql: '!=',
  Neq: '==',
};
const INCLUSIVE: Record<string, string> = { Gtr: '>=', Gte: '>', Lss: '<=', Lte: '<' };
const SETS: Record<string, string[]> = {
  And: ['or', 'unless'],
  Or: ['and', 'unless'],
  Unless: ['and', 'or'],
};
const ARITHMETIC: Record<string, string[]> = {
  Add: ['-'],
  Sub: ['+'],
  Mul: ['/'],
  Div: ['*'],
};

function table(id: string, words: Record<string, string | string[]>): ExprOperator {
  return {
    id,
    edits: (node) => {
      if (node.parent?.name !== 'BinaryExpr') return [];
      return [words[node.name] ?? []].flat().map((word) => replaced(node, word));
    },
  };
}

export const comparisonTurned = table('comparison-turned', TURNED);
export const comparisonInclusive = table('comparison-inclusive', INCLUSIVE);
export const setOperatorSwapped = table('set-operator-swapped', SETS);
export const arithmeticSwapped = table('arithmetic-swapped', ARITHMETIC);

/** Operands whose order matters: a share turned upside down, a difference with the wrong sign. */
export const operandsSwapped: ExprOperator = {
  id: 'operands-swapped',
  edits: (node, expr) => {
    const operands = node.name === 'BinaryExpr' && !isMisread(node) ? sides(node) : undefined;
    if (!operands) return [];
    const [left, right] = operands;
    const between = expr.slice(left.to, right.from);
    // A side that brings many series to one would come to stand where one is expected.
    if (/\bgroup_(left|right)\b/i.test(between)) return [];
    return [replaced(node, `${textOf(right, expr)}${between}${textOf(left, expr)}`)];
  },
};

/** The sides of an operation in which they can't be exchanged, and that aren't plain limits. */
function sides(node: SyntaxNode): [SyntaxNode, SyntaxNode] | undefined {
  const parts = childrenOf(node).filter((child) => child.name !== 'LineComment');
  const [left, right] = [parts[0], parts.at(-1)];
  const ordered = parts.some((part) => ['Sub', 'Div', 'Unless'].includes(part.name));
  return left && right && ordered ? [left, right] : undefined;
}

/** What stands behind an operand and belongs to it. */
const POSTFIX = new Set(['OffsetExpr', 'StepInvariantExpr', 'AnchoredExpr', 'SmoothedExpr']);

/**
 * Whether the tree has other operands than the expression: it lets an offset reach over all
 * operators before it (`a - b offset 5m`), as far as no bracket ends it.
 */
function isMisread(node: SyntaxNode): boolean {
  for (let outer = node.parent; outer && isOpen(outer); outer = outer.parent)
    if (POSTFIX.has(outer.name)) return true;
  return childrenOf(node).some(reachesOver);
}

function reachesOver(node: SyntaxNode): boolean {
  if (POSTFIX.has(node.name) && node.firstChild?.name === 'BinaryExpr') return true;
  return isOpen(node) && childrenOf(node).some(reachesOver);
}

function isOpen({ name }: SyntaxNode): boolean {
  return name === 'BinaryExpr' || POSTFIX.has(name);
}

/** `bool` makes of a comparison that filters one that always has a value. */
export const boolAdded: ExprOperator = {
  id: 'bool-added',
  edits: (node) => {
    if (!(node.name in TURNED) || node.parent?.name !== 'BinaryExpr') return [];
    if (node.parent.getChild('BoolModifier')) return [];
    return [{ from: node.to, to: node.to, text: ' bool' }];
  },
};

export const boolDropped: ExprOperator = {
  id: 'bool-dropped',
  edits: (node): Edit[] => (node.name === 'BoolModifier' ? [replaced(node, '')] : []),
};
