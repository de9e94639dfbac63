import { children, COMPARISONS } from '../promql/ast.ts';
import type { Binary, Expr } from '../promql/ast.ts';
import { boundsOf, truth } from '../promql/bounds.ts';
import type { Bounds } from '../promql/bounds.ts';
import { multipleOf } from '../promql/factor.ts';
import { print } from '../promql/print.ts';
import { isPartOf } from '../promql/shares.ts';
import { grownBounds } from './grown-bounds.ts';
import type { Recorded } from './leaves.ts';
import { neverNegativeBut } from './never-negative.ts';
import type { Threshold } from './thresholds.ts';

/**
 * Whether an expression gives nothing where what a threshold is compared with lies in a stretch,
 * whatever number the threshold is: another comparison decides there, as in
 * `errors / all > 0.1 and all > 0`, where no requests give no ratio.
 */
export function decidedElsewhere(
  root: Expr,
  threshold: Threshold,
  stretch: Bounds,
  recorded: Recorded,
): boolean {
  const { comparison, other } = threshold;
  const scope = scopeOf(root, comparison, other);
  if (!scope) return false;
  const text = print(other);
  const same = new Set<Expr>([comparison]);
  eachElement(scope, other, (e) => {
    if (print(e) === text) same.add(e);
  });
  const neverNegative = neverNegativeBut(recorded);
  const own = boundsOf(other, neverNegative, grownBounds);
  const [min, max] = [Math.max(stretch.min, own.min), Math.min(stretch.max, own.max)];
  const values = { min, max };
  const known = (e: Expr): Bounds | undefined => (same.has(e) ? values : grownBounds(e));
  const isZero = min === 0 && max === 0;
  const noNumber = (e: Expr): boolean =>
    e.type === 'binary' &&
    ((e.op === '/' && isZero && same.has(e.right) && isPartOf(multipleOf(e.left).of, e.right)) ||
      (!COMPARISONS.has(e.op) && (noNumber(e.left) || noNumber(e.right))));
  const gives = (e: Expr): boolean => {
    if (e.type !== 'binary' || !meetsItself(e, other)) return true;
    const both = gives(e.left) && gives(e.right);
    if (e.op === 'or') return gives(holds(e.left, comparison) ? e.left : e.right);
    if (e.op === 'unless') return gives(e.left);
    // Its own number is the one that is another.
    if (e === comparison || !COMPARISONS.has(e.op) || e.bool) return both;
    if (e.op !== '!=' && (noNumber(e.left) || noNumber(e.right))) return false;
    const of = (side: Expr): Bounds => boundsOf(side, neverNegative, known);
    return both && truth(of(e.left), e.op, of(e.right)) !== 'never';
  };
  return !gives(scope);
}

/** The largest part around a comparison in which each series meets only itself. */
function scopeOf(root: Expr, comparison: Binary, other: Expr): Expr | undefined {
  if (root === comparison) return root;
  for (const part of partsOf(root)) {
    if (!holds(part, comparison)) continue;
    const inner = scopeOf(part, comparison, other);
    const goesOn = root.type === 'binary' && meetsItself(root, other) && inner === part;
    const negated = root.type === 'binary' && root.op === 'unless' && part === root.right;
    return goesOn && !negated ? root : inner;
  }
  return undefined;
}

/** Parts that are evaluated at the same moment. */
function partsOf(expr: Expr): Expr[] {
  return expr.type === 'modified' || expr.type === 'range' ? [] : children(expr);
}

function holds(expr: Expr, part: Expr): boolean {
  return expr === part || partsOf(expr).some((e) => holds(e, part));
}

/**
 * Whether what both sides have of the same series meets: all labels are compared, or all those that
 * what is compared was grouped by.
 */
function meetsItself({ matching, group }: Binary, other: Expr): boolean {
  if (!matching) return true;
  if (group || matching.kind !== 'on' || other.type !== 'aggregate') return false;
  const names = new Set(matching.labels.map((l) => l.name));
  return (
    other.grouping?.kind === 'by' && other.grouping.labels.every(({ name }) => names.has(name))
  );
}

function eachElement(expr: Expr, other: Expr, visit: (e: Expr) => void): void {
  visit(expr);
  if (expr.type !== 'binary' || !meetsItself(expr, other)) return;
  eachElement(expr.left, other, visit);
  eachElement(expr.right, other, visit);
}
