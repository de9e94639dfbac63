import { matchRoutes } from '../alertmanager/routing.ts';
import { surelyLacks } from '../promql/label-set.ts';
import { passes } from '../promql/matchers.ts';
import type { AlertLabels } from './alert-labels.ts';
import type { PlacedMatcher, Route } from './alertmanager.ts';

/**
 * The routes that every alert of a rule surely takes; undefined when that depends on what isn't
 * known.
 */
export function routesOf(root: Route, alert: AlertLabels): Route[] | undefined {
  return matchRoutes(root, (route) => (route.unclear ? undefined : takes(route.matchers, alert)));
}

/** Receivers that an alert surely reaches; undefined when a matcher can't be decided. */
export function receiversOf(root: Route, alert: AlertLabels): string[] | undefined {
  return routesOf(root, alert)?.map((route) => route.receiver);
}

/**
 * Whether an alert with these labels passes all matchers; undefined when that depends on what isn't
 * known.
 */
export function takes(matchers: PlacedMatcher[], alert: AlertLabels): boolean | undefined {
  const results = matchers.map((m) => {
    const value = fixed(alert, m.label);
    if (value !== undefined) return passes(m, value);
    if (surelyLacksLabel(alert, m.label)) return passes(m, '');
    // A label that is surely there passes any pattern that wants no more than that.
    if (surelyHas(alert, m.label) && m.op === '=~' && m.value === '.+') return true;
    if (surelyHas(alert, m.label) && m.op === '=' && m.value === '') return false;
    return undefined;
  });
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

/** The value that a label always has; undefined when it may vary. */
export function fixed(alert: AlertLabels, label: string): string | undefined {
  return alert.fixed.get(label);
}

/** Whether every alert of this rule has the label. */
export function surelyHas(alert: AlertLabels, label: string): boolean {
  return alert.fixed.has(label) || alert.set.has.has(label);
}

/** Whether no alert of this rule has the label. */
export function surelyLacksLabel(alert: AlertLabels, label: string): boolean {
  return !alert.fixed.has(label) && !alert.open.has(label) && surelyLacks(alert.set, label);
}
