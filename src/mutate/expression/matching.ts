import type { SyntaxNode } from '@lezer/common';
import { replaced } from './edit.ts';
import type { ExprOperator } from './edit.ts';
import { without } from './grouping.ts';

export const matchingSwapped: ExprOperator = {
  id: 'matching-swapped',
  edits: (node) => {
    if (node.parent?.name !== 'MatchingModifierClause') return [];
    if (node.name === 'On') return [replaced(node, 'ignoring')];
    return node.name === 'Ignoring' ? [replaced(node, 'on')] : [];
  },
};

export const matchingLabelDropped: ExprOperator = {
  id: 'matching-label-dropped',
  edits: (node, expr) => {
    return isLabelList(node) && !isCarried(node) ? without(node, expr) : [];
  },
};

/** `on(…) group_left(…)` as a whole: both sides have to agree in everything then. */
export const matchingDropped: ExprOperator = {
  id: 'matching-dropped',
  edits: (node) => (node.name === 'MatchingModifierClause' ? [replaced(node, '')] : []),
};

/** The many of one side become those of the other. */
export const groupSideSwapped: ExprOperator = {
  id: 'group-side-swapped',
  edits: (node) => {
    if (node.name === 'GroupLeft') return [replaced(node, 'group_right')];
    return node.name === 'GroupRight' ? [replaced(node, 'group_left')] : [];
  },
};

/** A label that the one side gives to the many is lost. */
export const carriedLabelDropped: ExprOperator = {
  id: 'carried-label-dropped',
  edits: (node, expr) => (isLabelList(node) && isCarried(node) ? without(node, expr) : []),
};

function isLabelList(node: SyntaxNode): boolean {
  return node.name === 'GroupingLabels' && node.parent?.name === 'MatchingModifierClause';
}

/** Whether labels stand behind `group_left` or `group_right`, and not behind `on`. */
function isCarried({ prevSibling }: SyntaxNode): boolean {
  return /^Group(Left|Right)$/.test(prevSibling?.name ?? '');
}
