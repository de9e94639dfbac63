import { isReport } from '../../promql/reports.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import type { Rule } from '../../stack/rules.ts';
import { MEANT } from './apart.ts';
import type { KeptLabels } from './kept-labels.ts';
import { labelLists } from './label-lists.ts';
import type { LabelList } from './label-lists.ts';
import { namesMetric } from './reads.ts';
import type { Reading } from './reads.ts';

/**
 * A label of a series' own that tells it apart as well as one of its target's would: a target
 * exports many series, of pods or queues, that have all of its labels. It may be one that the
 * series has already.
 * @param taken labels that the target gives
 * @param kept what relabelling leaves
 * @returns undefined where nothing stands for it: Prometheus itself writes the series, once for
 *   each target, or the expression asks for the very label
 */
export type OwnLabel = (
  series: RecipeSeries,
  label: string,
  taken: Readonly<Record<string, string>>,
  kept: KeptLabels,
) => string | undefined;

/** Finds such labels for the series of a recipe. */
export function ownLabels(
  series: readonly RecipeSeries[],
  readings: readonly Reading[],
  alert: Rule,
  records: ReadonlyMap<string, Rule[]>,
): OwnLabel {
  const exported = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  const asked = new Set(readings.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  const lists = new Map<string, LabelList[]>();
  const listsFor = (metric: string): LabelList[] => {
    const takes = readings.filter((one) => namesMetric(one, metric)).map(({ name }) => name);
    const known = lists.get(metric) ?? labelLists(alert, records, (name) => takes.includes(name));
    lists.set(metric, known);
    return known;
  };
  return ({ metric }, label, taken, kept) => {
    if (isReport(metric)) return undefined;
    const all = listsFor(metric);
    const isFree = (other: string): boolean =>
      !MEANT.has(other) && !exported.has(other) && !asked.has(other) && !(other in taken);
    const tells = (other: string): boolean =>
      exported.has(other) && !(other in taken) && decides(series, other, label);
    const isAlike = (other: string): boolean =>
      other !== label && all.every((list) => list.has(label) === list.has(other));
    const named = [...all.flatMap((list) => [...list]), ...kept.named];
    const ways = [
      ...[...exported].filter((other) => isAlike(other) && tells(other)),
      ...[`other_${label}`, ...named].filter((other) => isAlike(other) && isFree(other)),
    ];
    return ways.find((other) => kept.keeps(other));
  };
}

/** Whether all that have a label have another too, which is the same wherever the first is. */
function decides(series: readonly RecipeSeries[], label: string, another: string): boolean {
  const known = new Map<string, string>();
  return series.every(({ labels }) => {
    const [own, other] = [labels[label], labels[another]];
    if (own === undefined || other === undefined) return false;
    const first = known.get(own) ?? other;
    known.set(own, first);
    return first === other;
  });
}
