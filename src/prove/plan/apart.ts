import { eachExpr } from '../../promql/ast.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import type { Rule } from '../../stack/rules.ts';
import { matchersOn } from './reads.ts';
import type { Reading } from './reads.ts';

/** Labels whose values mean something to functions. */
export const MEANT: ReadonlySet<string> = new Set(['le', 'quantile', '__name__']);

/** A value of a label, as a key. */
export const valueKey = (label: string, value: string): string => `${label}\u0000${value}`;

/**
 * The label values of a recipe that may be any others, as long as the same value becomes the same
 * everywhere: no matcher looks at them, and no function does.
 */
export function freeValues(series: RecipeSeries[], readings: Reading[], alert: Rule): Set<string> {
  const read = labelsReadByFunctions(alert);
  const bound = new Set<string>();
  const all = new Set<string>();
  for (const { metric, labels } of series)
    for (const [label, value] of Object.entries(labels)) {
      all.add(valueKey(label, value));
      if (MEANT.has(label) || read.has(label) || matchersOn(readings, metric, label).length > 0)
        bound.add(valueKey(label, value));
    }
  return new Set([...all].filter((key) => !bound.has(key)));
}

/** Source labels of `label_replace` and `label_join`. */
function labelsReadByFunctions(alert: Rule): Set<string> {
  const names = new Set<string>();
  if (alert.expression.expr)
    eachExpr(alert.expression.expr, (part) => {
      if (part.type !== 'call' || !/^label_(replace|join)$/.test(part.name)) return;
      for (const arg of part.args) if (arg.type === 'string') names.add(arg.value);
    });
  return names;
}
