import { oncePer } from '../lib/once-per.ts';
import { ANY_LABELS } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { Stack } from './index.ts';
import type { Rule } from './rules.ts';

/** What is known of the labels that an alert has when it reaches Alertmanager. */
export interface AlertLabels {
  /** Labels with the value they always have. */
  fixed: ReadonlyMap<string, string>;
  /** Labels whose value a template makes. */
  open: ReadonlySet<string>;
  /** Those that the expression gives. */
  set: LabelSet;
}

type Known = Pick<Stack, 'metrics' | 'prometheus'>;

const labelsWithin = oncePer((stack: Known) => oncePer((rule: Rule) => worked(rule, stack)));

/**
 * What is known of an alert's labels: worked out once for a stack, and not to be changed.
 */
export function alertLabels(rule: Rule, stack: Known): AlertLabels {
  return labelsWithin(stack)(rule);
}

/**
 * The rule's own labels go before those of the expression (rules/alerting.go, `Eval`); external
 * labels fill up (notifier/manager.go).
 */
function worked(rule: Rule, { metrics, prometheus: all }: Known): AlertLabels {
  const fixed = new Map([['alertname', rule.name]]);
  const open = new Set<string>();
  for (const [name, { text }] of rule.labels) {
    if (text.includes('{{')) open.add(name);
    else fixed.set(name, text);
  }
  const prometheus = rule.group.prometheus ?? (all.length === 1 ? all[0] : undefined);
  for (const [key, { text }] of prometheus?.externalLabels ?? []) {
    if (fixed.has(key)) continue;
    if (text === undefined || text.includes('$')) open.add(key);
    else fixed.set(key, text);
  }
  // Relabelling may do anything to them.
  if (prometheus?.relabelsAlerts === true)
    return { fixed: new Map([['alertname', rule.name]]), open, set: ANY_LABELS };
  return {
    fixed,
    open,
    set: rule.expression.expr ? labelsOf(rule.expression.expr, metrics.labels) : ANY_LABELS,
  };
}
