import type { Selector } from '../promql/ast.ts';
import { surelyLacks } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { surelyFails } from './matching.ts';
import type { SolveRule } from './rules.ts';

/** The alert rules of a stack that have a name. */
export type AlertsNamed = (name: string) => readonly SolveRule[];

/** What Prometheus writes of its alerts (rules/alerting.go). */
const STATES: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);
/** Labels that it gives each of them, whatever the rule says. */
const GIVEN = new Set(['__name__', 'alertname', 'alertstate']);

/** Whether a metric tells of alerts' states. */
export function tellsOfAlerts(name: string | undefined): boolean {
  return name !== undefined && STATES.has(name);
}

/**
 * Why Prometheus writes no state of an alert that passes a selector: another `alertstate` than
 * there is, or labels that the rules of that name don't give.
 * @param labelsOf what is known of the labels of what a rule's expression gives
 * @returns undefined where it may write one, or where nobody knows who makes it
 */
export function neverWritten(
  selector: Selector,
  alertsNamed: AlertsNamed,
  labelsOf: (rule: SolveRule) => LabelSet,
): string | undefined {
  const named = selector.matchers.find((m) => m.label === 'alertname' && m.op === '=')?.value;
  const rules = named === undefined ? [] : alertsNamed(named);
  const states = statesOf(selector, rules);
  const ofState = selector.matchers.filter(({ label }) => label === 'alertstate');
  if (states.every((state) => ofState.some((m) => surelyFails(m, state)))) {
    const [only = ''] = states;
    if (only === '') return `\`${selector.name}\` has no label \`alertstate\``;
    return states.length > 1
      ? '`alertstate` is `pending` or `firing`, and nothing else'
      : `\`${named}\` waits for nothing before it fires: its \`alertstate\` is always \`${only}\``;
  }
  const reasons = rules.map((rule) => whyOther(selector, rule, labelsOf));
  const [first] = reasons;
  return first !== undefined && reasons.every((reason) => reason !== undefined)
    ? `no alert \`${named}\` is as it is selected: ${first}`
    : undefined;
}

/** The values that `alertstate` can have: never pending without `for`. */
function statesOf({ name }: Selector, rules: readonly SolveRule[]): string[] {
  if (name === 'ALERTS_FOR_STATE') return [''];
  const neverWaits = rules.length > 0 && rules.every(({ forMs }) => forMs === 0);
  return neverWaits ? ['firing'] : ['pending', 'firing'];
}

/** Why no instance of an alert passes: a label of its rule, or one that its expression lacks. */
function whyOther(
  { matchers }: Selector,
  rule: SolveRule,
  labelsOf: (rule: SolveRule) => LabelSet,
): string | undefined {
  const { labels, expr } = rule;
  for (const matcher of matchers) {
    const { label } = matcher;
    if (GIVEN.has(label)) continue;
    const own = labels[label];
    // What a template fills in may be anything.
    if (own?.includes('{{')) continue;
    if (own !== undefined && surelyFails(matcher, own))
      return `its rule gives it ${label}=${JSON.stringify(own)}`;
    const lacks = own === undefined && expr !== undefined && surelyLacks(labelsOf(rule), label);
    if (lacks && surelyFails(matcher, '')) return `it has no label \`${label}\``;
  }
  return undefined;
}
