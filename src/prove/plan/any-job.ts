import { children } from '../../promql/ast.ts';
import type { Expr } from '../../promql/ast.ts';
import { SELECTING } from '../../promql/functions.ts';
import { typeOf } from '../../promql/type-of.ts';
import type { Rule } from '../../stack/rules.ts';
import type { Reading } from './reads.ts';

/** What leaves series their labels, or makes labels of them. */
const KEEPING = new Set([...SELECTING, 'count_values']);

/**
 * Whether an alert surely doesn't tell jobs apart: it reads nothing that is recorded, and each
 * series is aggregated without its job before anything else looks at labels, as in
 * `count(up == 0) > 2`. What its matchers ask of the job is another matter.
 */
export function isOfAnyJob({ expression }: Rule, readings: readonly Reading[]): boolean {
  const isRaw = readings.every(({ recorded }) => recorded !== true);
  return isRaw && expression.expr !== undefined && losesJob(expression.expr);
}

/** Whether no series comes through with its job. */
function losesJob(expr: Expr): boolean {
  if (expr.type === 'selector') return false;
  if (expr.type !== 'aggregate') return children(expr).every(losesJob);
  const { grouping } = expr;
  const isWithout =
    grouping?.kind !== 'without' && !grouping?.labels.some(({ name }) => name === 'job');
  return isWithout && !KEEPING.has(expr.op) && looksAtNoLabel(expr.expr);
}

/** Whether an expression is about each series by itself. */
function looksAtNoLabel(expr: Expr): boolean {
  if (expr.type === 'aggregate') return false;
  if (expr.type === 'call' && expr.args.some(({ type }) => type === 'string')) return false;
  const isJoin =
    expr.type === 'binary' && [expr.left, expr.right].every((side) => typeOf(side) === 'vector');
  return !isJoin && children(expr).every(looksAtNoLabel);
}
