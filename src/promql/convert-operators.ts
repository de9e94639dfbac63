import type { SyntaxNode } from '@lezer/common';
import type { Binary, Expr, Modifier } from './ast.ts';
import { labelList, parts } from './nodes.ts';
import { parsePromqlNumber } from './number.ts';
import { durationOf } from './tree.ts';

/** A range, a subquery or a modifier that stands behind an expression. */
export function postfix(node: SyntaxNode, text: string, expr: Expr): Expr {
  const at = { from: expr.from, to: node.to };
  if (node.name !== 'MatrixSelector' && node.name !== 'SubqueryExpr')
    return { type: 'modified', expr, modifier: modifierOf(node, text), ...at };
  const [range, step] = node.getChildren('DurationExpr');
  return {
    type: 'range',
    expr,
    rangeMs: range && durationOf(text, range),
    rangeAt: range ? { from: range.from, to: range.to } : at,
    subquery: node.name === 'SubqueryExpr',
    stepMs: step && durationOf(text, step),
    ...at,
  };
}

function modifierOf(node: SyntaxNode, text: string): Modifier {
  const duration = node.getChild('OffsetDurationExpr');
  if (duration) return { kind: 'offset', ms: durationOf(text, duration) };
  if (node.name !== 'StepInvariantExpr')
    return { kind: 'other', word: node.name.replace('Expr', '').toLowerCase() };
  const bound = node.getChild('AtModifierPreprocessors');
  if (bound) return { kind: 'at', seconds: bound.getChild('AtStart') ? 'start' : 'end' };
  const number = parts(node).at(-1);
  const value = number && parsePromqlNumber(text.slice(number.from, number.to));
  return { kind: 'at', seconds: value !== undefined && Number.isFinite(value) ? value : undefined };
}

/** Two expressions with the operator between them, and how their series find each other. */
export function binary(
  node: SyntaxNode,
  text: string,
  operator: SyntaxNode,
  left: Expr,
  right: Expr,
): Binary {
  const clause = node.getChild('MatchingModifierClause');
  const groups = clause ? clause.getChildren('GroupingLabels') : [];
  const side = clause?.getChild('GroupLeft')
    ? 'left'
    : clause?.getChild('GroupRight')
      ? 'right'
      : undefined;
  return {
    type: 'binary',
    op: text.slice(operator.from, operator.to).toLowerCase(),
    opAt: { from: operator.from, to: operator.to },
    left,
    right,
    bool: node.getChild('BoolModifier') !== null,
    matching: clause
      ? {
          kind: clause.getChild('On') ? 'on' : 'ignoring',
          labels: groups[0] ? labelList(groups[0], text) : [],
        }
      : undefined,
    group: side && {
      side,
      include: groups[1] ? labelList(groups[1], text).map((l) => l.name) : [],
    },
    fill: node.getChild('FillModifier') !== null,
    from: left.from,
    to: right.to,
  };
}
