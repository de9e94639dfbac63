import { children, selectors } from '../promql/ast.ts';
import type { Call, Expr, Selector } from '../promql/ast.ts';

/**
 * Whether a quantile is of one selector, of which nothing asks for a bound: then that has to be
 * native histograms.
 */
export function isOfOneWhole({ name, args }: Call): boolean {
  const [, vector] = args;
  if (name !== 'histogram_quantile' || !vector) return false;
  const found = selectors(vector);
  const isBound = ({ matchers }: Selector): boolean => matchers.some((m) => m.label === 'le');
  return found.length === 1 && !found.some(isBound) && !groupsByBound(vector);
}

function groupsByBound(expr: Expr): boolean {
  const isBy = expr.type === 'aggregate' && expr.grouping?.kind === 'by';
  return (
    (isBy && expr.grouping?.labels.some(({ name }) => name === 'le')) ||
    children(expr).some(groupsByBound)
  );
}
