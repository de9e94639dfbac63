import { formatDuration } from '../../lib/duration.ts';
import { durationOf } from '../../promql/tree.ts';
import { replaced } from './edit.ts';
import type { Edit, ExprOperator } from './edit.ts';

/** A range half and twice as long. */
export const rangeChanged: ExprOperator = {
  id: 'range-changed',
  edits: (node, expr): Edit[] => {
    if (node.name !== 'DurationExpr' || node.parent?.name === 'DurationExpr') return [];
    const ms = durationOf(expr, node);
    if (ms === undefined || ms <= 0) return [];
    return [ms / 2, ms * 2].map((other) => replaced(node, formatDuration(Math.round(other))));
  },
};

export const offsetDropped: ExprOperator = {
  id: 'offset-dropped',
  edits: (node) => {
    if (node.name !== 'OffsetExpr') return [];
    const inner = node.firstChild;
    return inner ? [{ from: inner.to, to: node.to, text: '' }] : [];
  },
};

/** What is looked up an hour ago instead of now. */
export const offsetAdded: ExprOperator = {
  id: 'offset-added',
  edits: (node, expr) => {
    const whole = node.name === 'MatrixSelector' || node.name === 'VectorSelector';
    // By the text: the tree of `a - b offset 5m` has the offset around the difference.
    const isDone = /^\s*(offset\b|@|\[)/i.test(expr.slice(node.to));
    if (!whole || isDone) return [];
    return [{ from: node.to, to: node.to, text: ' offset 1h' }];
  },
};

/** A moment that was fixed is now. */
export const atDropped: ExprOperator = {
  id: 'at-dropped',
  edits: (node) => {
    const inner = node.name === 'StepInvariantExpr' ? node.firstChild : null;
    return inner ? [{ from: inner.to, to: node.to, text: '' }] : [];
  },
};
