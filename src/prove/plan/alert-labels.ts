import { without } from '../../lib/picked.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Rule } from '../../stack/rules.ts';

/** Labels of a rule that a template makes. */
export function templatedLabels({ labels }: Pick<Rule, 'labels'>): string[] {
  return [...labels].flatMap(([name, { text }]) => (text.includes('{{') ? [name] : []));
}

/**
 * Labels by which the samples of `ALERTS` are known that an alert writes: its own `alertstate`, as
 * one on `ALERTS` has it, gives way to Prometheus's.
 */
export function labelsInStates(labels: Labels): Labels {
  return without(labels, ['alertstate']);
}
