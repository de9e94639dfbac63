import { selectors } from '../../promql/ast.ts';
import type { Selector } from '../../promql/ast.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import type { Rule } from '../../stack/rules.ts';
import { valueKey } from './apart.ts';
import { isWorded, meetings } from './meetings.ts';
import type { Meetings } from './meetings.ts';
import { takesSeries } from './reads.ts';

/**
 * The circle in which a series' value of a label is known: within one what is equal stays so, and
 * what differs stays apart; of two circles nothing ever compares values. The empty one is that of
 * the labels that the alert itself has.
 */
export type CircleOf = (series: RecipeSeries, label: string) => string;

/** All series know each other. */
export const ONE_CIRCLE: CircleOf = () => '';

/** A value that a label has in a circle, as a key; without one, of the alert itself. */
export const keyIn = (label: string, value: string, circle = ''): string =>
  `${circle}\u0001${valueKey(label, value)}`;

/**
 * The circles of a recipe's series, as in `max(a) == 0 and on () b == 1`, where nothing holds the
 * labels of a against those of b.
 * @returns undefined where there is one alone, or nobody can tell: what is told labels in
 * words may make one of another
 */
export function circlesOf(
  series: readonly RecipeSeries[],
  alert: Rule,
  behind: readonly Rule[],
  records: ReadonlyMap<string, Rule[]>,
): CircleOf | undefined {
  const { expr } = alert.expression;
  if (!expr || [alert, ...behind].some(isWorded)) return undefined;
  const all = [alert, ...behind]
    .flatMap(({ expression }) => (expression.expr ? selectors(expression.expr) : []))
    .filter(({ name }) => name === undefined || !records.has(name));
  const taking = series.map(({ metric, labels }) =>
    all.filter((one) => takesSeries(one, metric, labels)),
  );
  if (taking.some((takers) => takers.length === 0)) return undefined;
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))];
  const known = new Map(
    labels.map((label) => [label, circlesBy(meetings(expr, label, records), taking)]),
  );
  const isOne = [...known.values()].every((circles) => circles.every((name) => name === ''));
  if (isOne) return undefined;
  return (one, label) => known.get(label)?.[series.indexOf(one)] ?? '';
}

/** The circle of each series, by one label. @param taking the selectors that take each */
function circlesBy({ met, through }: Meetings, taking: readonly Selector[][]): string[] {
  // Who is taken by two selectors brings their circles together.
  const circles = joinedUp([...met, ...taking]);
  const own = new Set(through);
  return taking.map(([first]) => {
    const at = circles.findIndex((circle) => first !== undefined && circle.has(first));
    const isOwn = [...(circles[at] ?? [])].some((one) => own.has(one));
    return isOwn ? '' : String(at);
  });
}

/** Sets of which none has anything in common with another. */
function joinedUp(some: readonly (readonly Selector[])[]): Set<Selector>[] {
  return some.reduce<Set<Selector>[]>((circles, one) => {
    const touched = circles.filter((circle) => one.some((selector) => circle.has(selector)));
    const others = circles.filter((circle) => !touched.includes(circle));
    return [...others, new Set([...touched.flatMap((circle) => [...circle]), ...one])];
  }, []);
}
