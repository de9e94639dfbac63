import { COMPARISONS, eachExpr } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { constantOf } from '../promql/constant.ts';
import { isWhole } from '../promql/whole.ts';

/** Copies cost series; beyond the largest number that something is counted against nobody looks. */
const USUAL_COPIES = 60;
/** More series than this take too long to try. */
const MOST_COPIES = 1_500;
/** A limit is looked for this far beyond it. */
const BEYOND = 1.1;

/**
 * How many series of a kind a world may have: enough for the largest number that an expression
 * compares a count with.
 */
export function mostCopiesFor(expr: Expr): number {
  let most = USUAL_COPIES;
  eachExpr(expr, (part) => {
    if (part.type !== 'binary' || !COMPARISONS.has(part.op)) return;
    for (const [side, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const) {
      const limit = constantOf(side);
      const wanted = limit === undefined || !counts(other) ? 0 : Math.ceil(limit * BEYOND) + 1;
      if (wanted <= MOST_COPIES) most = Math.max(most, wanted);
    }
  });
  return most;
}

/** Whether it grows by how many series there are: a count, or a sum of noughts and ones. */
function counts(expr: Expr): boolean {
  let found = false;
  eachExpr(expr, (part) => {
    if (part.type === 'aggregate')
      found ||= part.op === 'count' || (part.op === 'sum' && isWhole(part.expr));
  });
  return found;
}
