import type { SyntaxNode } from '@lezer/common';
import { childrenOf, replaced, textOf } from './edit.ts';
import type { Edit, ExprOperator } from './edit.ts';

function labelsOf(list: SyntaxNode): SyntaxNode[] {
  return childrenOf(list).filter((child) => /LabelName$/.test(child.name));
}

/** Lists of labels in which each is left out once. */
export function without(list: SyntaxNode, expr: string): Edit[] {
  const labels = labelsOf(list);
  return labels.map((gone) =>
    replaced(
      list,
      `(${labels
        .filter((label) => label.from !== gone.from)
        .map((label) => textOf(label, expr))
        .join(', ')})`,
    ),
  );
}

/** A label of an aggregation left out; of a histogram's buckets that is `le` too. */
export const groupLabelDropped: ExprOperator = {
  id: 'group-label-dropped',
  edits: (node, expr) =>
    node.name === 'GroupingLabels' && node.parent?.name === 'AggregateModifier'
      ? without(node, expr)
      : [],
};

export const groupLabelAdded: ExprOperator = {
  id: 'group-label-added',
  edits: (node, expr) => {
    if (node.name !== 'GroupingLabels' || node.parent?.name !== 'AggregateModifier') return [];
    const names = labelsOf(node).map((label) => textOf(label, expr));
    if (names.includes('instance')) return [];
    return [replaced(node, `(${[...names, 'instance'].join(', ')})`)];
  },
};

export const byBecomesWithout: ExprOperator = {
  id: 'by-becomes-without',
  edits: (node) => {
    if (node.parent?.name !== 'AggregateModifier') return [];
    if (node.name === 'By') return [replaced(node, 'without')];
    return node.name === 'Without' ? [replaced(node, 'by')] : [];
  },
};

export const groupingDropped: ExprOperator = {
  id: 'grouping-dropped',
  edits: (node) => (node.name === 'AggregateModifier' ? [replaced(node, '')] : []),
};
