import type { Labels } from '../../promql/relabel.ts';
import { keyIn } from './circles.ts';
import type { Placement } from './on-target.ts';

/**
 * The labels of a recipe's instance as Prometheus will have them: with the values that its series
 * have there, relabelled or not at all. A label that some of them have otherwise is left out, for
 * nobody can tell whose an instance has; what tells series of one target apart is among them.
 */
export function labelsHere(labels: Labels, { placed, beside, circleOf }: Placement): Labels {
  const given = new Map<string, Set<string>>();
  for (const { series, final } of placed)
    for (const [label, value] of Object.entries(series.labels)) {
      const key = keyIn(label, value, circleOf(series, label));
      given.set(key, (given.get(key) ?? new Set()).add(final[label] ?? ''));
    }
  return Object.fromEntries(
    Object.entries(labels).flatMap(([label, value]): [string, string][] => {
      const key = keyIn(label, value);
      const found = given.get(key);
      if (!found) return [[label, value]];
      const [here = '', ...others] = found;
      const { [label]: _, ...instead } = beside.get(key) ?? {};
      void _;
      const own: [string, string][] = here === '' || others.length > 0 ? [] : [[label, here]];
      return [...own, ...Object.entries(instead)];
    }),
  );
}
