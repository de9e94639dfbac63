import { ANY_LABELS, either } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { LabelsOfMetric } from '../promql/labels.ts';
import { isMade } from '../promql/made.ts';
import { scrapedLabels } from '../stack/lost-labels.ts';
import type { LostLabels } from '../stack/lost-labels.ts';
import type { Recorded } from './leaves.ts';

/** How deep recording rules are looked through. */
export const DEEPEST = 20;

/**
 * What is known of the labels of what is recorded, and of what is scraped.
 * @param lost what a job's series may have lost of what Prometheus gives them
 * @param through recording rules that it is looked at through
 */
export function knownLabels(
  recorded: Recorded,
  lost: readonly LostLabels[],
  through: readonly string[] = [],
): LabelsOfMetric {
  return (name, matchers) => {
    const rules = recorded.get(name);
    if (!rules) return isMade(name) ? undefined : scrapedLabels(name, matchers, lost);
    if (through.includes(name) || through.length > DEEPEST) return ANY_LABELS;
    const inside = knownLabels(recorded, lost, [...through, name]);
    const sets = rules.map((rule): LabelSet => {
      if (!rule.expr) return ANY_LABELS;
      const set = labelsOf(rule.expr, inside);
      const added = Object.keys(rule.labels);
      return {
        has: new Set([...set.has, ...added]),
        may: set.may && new Set([...set.may, ...added]),
        lacks: new Set([...set.lacks].filter((l) => !added.includes(l))),
      };
    });
    return sets.reduce(either);
  };
}
