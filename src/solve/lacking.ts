import { children, SET_OPERATORS } from '../promql/ast.ts';
import type { Binary, Expr } from '../promql/ast.ts';
import { surelyLacks } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { LabelsOfMetric } from '../promql/labels.ts';
import { typeOf } from '../promql/type-of.ts';

/**
 * Labels that one side of an operator groups by, that it compares, and that the other side never
 * has: the two meet for series alone that don't have them (`sum by (a, b) (x) and sum by (a) (y)`).
 */
export function lackingLabels(expr: Expr, known: LabelsOfMetric): Set<string> {
  const found = new Set<string>();
  const go = (e: Expr): void => {
    if (e.type === 'binary' && meets(e)) for (const label of oneSided(e, known)) found.add(label);
    children(e).forEach(go);
  };
  go(expr);
  return found;
}

/** Whether it gives nothing where its sides don't meet. */
function meets({ op, fill, left, right }: Binary): boolean {
  if (typeOf(left) !== 'vector' || typeOf(right) !== 'vector') return false;
  return !fill && (op === 'and' || !SET_OPERATORS.has(op));
}

function oneSided({ left, right, matching }: Binary, known: LabelsOfMetric): string[] {
  const [a, b] = [labelsOf(left, known), labelsOf(right, known)];
  const names = matching?.labels.map((l) => l.name) ?? [];
  const isCompared = (label: string): boolean =>
    (matching?.kind === 'on') === names.includes(label);
  return [...alone(a, b), ...alone(b, a)].filter(isCompared);
}

/** What the one may have or not, and the other never has. */
function alone(one: LabelSet, other: LabelSet): string[] {
  const may = [...(one.may ?? [])];
  return may.filter((label) => !one.has.has(label) && surelyLacks(other, label));
}
