import { children, eachExpr, selectors } from '../../promql/ast.ts';
import type { Binary, Expr, Selector } from '../../promql/ast.ts';
import type { RecipeSeries } from '../../model/recipe.ts';

/**
 * Whether an expression reads the clock only to tell how long ago the moments are that its series
 * name (`time() - last_success > 3600`). Targets name them by the real clock, so that they are as
 * long ago in a faster world, as long as nothing looks back at them.
 * @param series of the world in which the alert fires
 * @param otherwise metrics of which any rule asks something else
 */
export function readsOnlyAges(
  expr: Expr,
  series: readonly RecipeSeries[],
  otherwise: ReadonlySet<string>,
): boolean {
  const ages = agesIn(expr);
  const dated = new Set(ages.flatMap(datedIn).map(({ name }) => name));
  const moments = series.filter(({ metric }) => dated.has(metric));
  return (
    ages.length === timesIn(expr) &&
    moments.length > 0 &&
    !dated.has(undefined) &&
    // What else is asked of a moment depends on where the clock stands.
    ![...dated].some((name) => name !== undefined && otherwise.has(name)) &&
    !ages.some(looksBack) &&
    moments.every(({ shapes }) =>
      Object.values(shapes).every(({ kind }) => kind === 'clock' || kind === 'absent'),
    )
  );
}

/**
 * Whether an expression holds moments against each other alone, or against numbers: they are values
 * like any other then, whatever their metric is called.
 */
export function readsNoClock(expr: Expr, series: readonly RecipeSeries[]): boolean {
  return (
    timesIn(expr) === 0 &&
    series.every(({ shapes }) => Object.values(shapes).every(({ kind }) => kind !== 'clock'))
  );
}

/** Metrics that any of these expressions looks at in another way than as how long ago they are. */
export function readOtherwise(exprs: readonly Expr[]): Set<string> {
  const found = new Set<string>();
  for (const expr of exprs) {
    const inAges = new Set(agesIn(expr).flatMap(datedIn));
    for (const selector of selectors(expr))
      if (!inAges.has(selector) && selector.name !== undefined) found.add(selector.name);
  }
  return found;
}

/** The smallest parts in which the time is held against series. */
function agesIn(expr: Expr): Binary[] {
  const inner = children(expr).flatMap(agesIn);
  if (inner.length > 0 || expr.type !== 'binary') return inner;
  const [left, right] = [expr.left, expr.right];
  const holds = (time: Expr, other: Expr): boolean =>
    timesIn(time) === 1 && selectors(time).length === 0 && selectors(other).length > 0;
  return holds(left, right) || holds(right, left) ? [expr] : [];
}

/** Series whose values the time is held against; the right of `and` or `unless` only lets pass. */
function datedIn(age: Expr): Selector[] {
  if (age.type === 'selector') return [age];
  const lets = age.type === 'binary' && (age.op === 'and' || age.op === 'unless');
  return (lets ? [age.left] : children(age)).flatMap(datedIn);
}

/** How often the time is asked for. */
function timesIn(expr: Expr): number {
  let found = 0;
  eachExpr(expr, (part) => {
    if (part.type === 'call' && part.name === 'time') found++;
  });
  return found;
}

function looksBack(expr: Expr): boolean {
  return expr.type === 'range' || expr.type === 'modified' || children(expr).some(looksBack);
}
