import type { AlertContract } from '../../src/model/contract.ts';
import type { Spec } from '../../src/model/spec.ts';

/**
 * Adds an alert to a spec that is like another one of it, with a rule of its own in a group of its
 * own.
 */
export function addAlert(
  spec: Spec,
  like: string,
  changes: Partial<AlertContract> & { name: string },
  rule: { expr?: string; keepFiringForMs?: number; group?: string } = {},
): AlertContract {
  const { alerts } = spec.contract;
  const model = alerts.find((alert) => alert.name === like)!;
  const groups = spec.prometheus.ruleGroups;
  const group = groups.find((g) => g.rules.some((r) => r.alert === like))!;
  const old = group.rules.find((r) => r.alert === like)!;
  const alert = { ...model, ...changes };
  alerts.splice(alerts.indexOf(model) + 1, 0, alert);
  const added = { ...old, ...rule, alert: alert.name };
  if (rule.group === undefined) group.rules.push(added);
  else groups.push({ ...group, name: rule.group, rules: [added] });
  return alert;
}

/** Gives an alert's rule another expression or `keep_firing_for`. */
export function changeRule(
  spec: Spec,
  alert: string,
  changes: { expr?: string; keepFiringForMs?: number },
): void {
  const rules = spec.prometheus.ruleGroups.flatMap((group) => group.rules);
  Object.assign(
    rules.find((rule) => rule.alert === alert)!,
    changes,
  );
}
