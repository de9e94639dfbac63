import { COMPARISONS, eachExpr, selectors } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { Recorded } from './leaves.ts';
import type { Lever } from './levers.ts';
import { readExpressions } from './read-expressions.ts';
import type { Trial } from './trial.ts';

/**
 * The levers of what a comparison reads, and of what that is held against anywhere else: whatever
 * they don't reach, the comparison hardly hangs on.
 */
export function leversFor(trial: Trial, comparison: Expr): Lever[] {
  const { expr, recorded } = trial.bench;
  const own = metricsIn(comparison, recorded);
  const concerned = new Set(own);
  eachExpr(expr, (part) => {
    if (part.type !== 'binary' || !COMPARISONS.has(part.op)) return;
    const beside = metricsIn(part, recorded);
    if ([...beside].some((name) => own.has(name))) for (const name of beside) concerned.add(name);
  });
  const isConcerned = (leaf: number): boolean => concerned.has(trial.leaves[leaf]?.metric ?? '');
  return trial.levers.filter(({ leaf, also = [] }) => [leaf, ...also].every(isConcerned));
}

/** The names of all series that an expression reads, through recording rules. */
function metricsIn(expr: Expr, recorded: Recorded): Set<string> {
  const read = readExpressions(expr, recorded).flatMap(selectors);
  return new Set(read.map(({ name = '' }) => name));
}
