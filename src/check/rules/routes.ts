import type { Rule } from '../rule.ts';
import { nearest } from '../../lib/nearest.ts';
import { surelyLacks } from '../promql/label-set.ts';
import { passes } from '../promql/matchers.ts';
import type { Alertmanager, PlacedMatcher, Receiver, Route } from '../stack/alertmanager.ts';
import { flatten } from '../stack/alertmanager.ts';
import { alertLabels } from '../stack/alert-labels.ts';
import type { AlertLabels } from '../stack/alert-labels.ts';
import type { Stack } from '../stack/index.ts';
import type { Rule as PrometheusRule } from '../stack/rules.ts';

/** `send_resolved` unless said (alertmanager/config/notifiers.go). */
const SILENT_BY_DEFAULT = new Set(['slack', 'email', 'wechat']);

export const undefinedReceiver: Rule = {
  id: 'route/undefined-receiver',
  level: 'error',
  title: 'A route to a receiver that does not exist',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Correct the name, or add the receiver.',
  check: ({ alertmanager }, say) => {
    if (!alertmanager) return;
    const names = alertmanager.receivers.map((r) => r.name);
    for (const route of alertmanager.route ? flatten(alertmanager.route) : []) {
      const named = route.value.get('receiver');
      const close = nearest(named.text() ?? '', names);
      if (named.exists && !names.includes(named.text() ?? '')) say(named.place, `there is no receiver \`${named.text() ?? ''}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`);
    }
    if (alertmanager.route && !alertmanager.route.value.get('receiver').exists) say(alertmanager.route.value.head, 'the root route has no receiver');
  },
};

export const unusedReceiver: Rule = {
  id: 'route/unused-receiver',
  level: 'warning',
  title: 'A receiver that nobody routes to',
  why: 'Whoever set it up believes to be told, and never is.',
  mend: 'Add a route to it, or remove it.',
  check: ({ alertmanager }, say) => {
    if (!alertmanager?.route) return;
    const used = new Set(flatten(alertmanager.route).map((r) => r.receiver));
    for (const { name, value } of alertmanager.receivers) if (!used.has(name)) say(value.get('name').place, `no route leads to \`${name}\``);
  },
};

export const reachesNobody: Rule = {
  id: 'route/reaches-nobody',
  level: 'error',
  title: 'An alert that reaches no receiver',
  why: 'It fires in Prometheus, and nobody is ever told.',
  mend: 'Give the receiver that its route leads to an integration, or lead the route to one that has.',
  check: (stack, say) => {
    const { alertmanager } = stack;
    if (!alertmanager?.route) return;
    for (const rule of stack.rules) {
      const severity = rule.labels.get('severity')?.text;
      // What nobody needs to be told is led to an empty receiver on purpose.
      if (rule.kind !== 'alert' || severity === 'none' || severity === 'info') continue;
      const reached = receiversOf(alertmanager.route, alertLabels(rule, stack));
      const receivers = reached?.map((name) => alertmanager.receivers.find((r) => r.name === name));
      if (!receivers || receivers.length === 0 || !receivers.every((r): r is Receiver => r?.integrations.length === 0)) continue;
      say(rule.value.get('alert').place, `${rule.name} goes to ${receivers.map((r) => `\`${r.name}\``).join(', ')}, which tells nobody`, { subject: `alert ${rule.name}` });
    }
  },
};

export const shadowedRoute: Rule = {
  id: 'route/shadowed',
  level: 'error',
  title: 'A route that no alert gets to',
  why: 'A route before it takes everything it could take and has no `continue: true`.',
  mend: 'Move it before the other, or add `continue: true` there.',
  check: ({ alertmanager }, say) => {
    for (const parent of alertmanager?.route ? flatten(alertmanager.route) : []) parent.routes.forEach((route, i) => {
      const before = parent.routes.slice(0, i).find((other) => !other.continue && !other.unclear && other.matchers.every((m) => m.op === '=~' && m.value === '.*' || (m.label === 'alertname' && m.op === '=~' && m.value === '.+') || route.matchers.some((own) => own.label === m.label && own.op === m.op && own.value === m.value)));
      if (before) say(route.value.head, `the route at line ${before.value.file.position(before.value.head.from).line} takes everything before it`);
    });
  },
};

export const badMatcher: Rule = {
  id: 'route/bad-matcher',
  level: 'error',
  title: 'A matcher that is none',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Write a label, one of = != =~ !~, and a value in double quotes: `severity="critical"`.',
  check: ({ alertmanager }, say) => {
    for (const route of alertmanager?.route ? flatten(alertmanager.route) : []) if (route.unclear) say(route.value.get('matchers').place, 'these matchers can\'t be read');
    for (const inhibition of alertmanager?.inhibitions ?? []) if (inhibition.unclear) say(inhibition.value.head, 'the matchers of this inhibition can\'t be read');
  },
};

export const deadInhibition: Rule = {
  id: 'route/inhibition-never-matches',
  level: 'warning',
  title: 'An inhibition that can never match',
  why: 'When the cause fires, people are told of all its consequences as well.',
  mend: 'Correct the matchers; `equal` may name only labels that both alerts have, or both lack.',
  check: (stack, say) => {
    const alerts = stack.rules.filter((r) => r.kind === 'alert').map((r) => alertLabels(r, stack));
    if (alerts.length === 0) return;
    for (const { value, source, target, equal, unclear } of stack.alertmanager?.inhibitions ?? []) {
      if (unclear) continue;
      const [sources, targets] = [source, target].map((matchers) => alerts.filter((a) => takes(matchers, a) !== false)) as [AlertLabels[], AlertLabels[]];
      if (sources.length === 0) say(value.head, `no alert is a cause: none has ${shown(source)}`);
      else if (targets.length === 0) say(value.head, `no alert is a consequence: none has ${shown(target)}`);
      else {
        // A label that both lack counts as equal (alertmanager/inhibit/inhibit.go).
        const odd = equal.find(({ text }) => sources.every((s) => targets.every((t) => (surelyHas(s, text) && surelyLacksLabel(t, text)) || (surelyLacksLabel(s, text) && surelyHas(t, text)) || (fixed(s, text) !== undefined && fixed(t, text) !== undefined && fixed(s, text) !== fixed(t, text)))));
        if (odd) say(odd.value.place, `\`${odd.text}\` is never equal: cause and consequence never have the same`);
      }
    }
  },
};

export const lostGroupLabel: Rule = {
  id: 'route/unknown-group-label',
  level: 'warning',
  title: 'A group label that no alert has',
  why: 'It groups nothing: alerts that were to come apart come in one message.',
  mend: 'Group by labels that the alerts have.',
  check: (stack, say) => {
    const alerts = stack.rules.filter((r) => r.kind === 'alert').map((r) => alertLabels(r, stack));
    if (alerts.length === 0) return;
    for (const route of stack.alertmanager?.route ? flatten(stack.alertmanager.route) : []) for (const { text, value } of route.groupBy) {
      if (text === '...' || alerts.some((a) => !surelyLacksLabel(a, text))) continue;
      const known = [...new Set(alerts.flatMap((a) => [...a.fixed.keys(), ...(a.set.may ?? [])]))];
      say(value.place, `no alert has the label \`${text}\`${((close) => (close === undefined ? '' : `; is \`${close}\` meant?`))(nearest(text, known))}`);
    }
  },
};

export const noResolution: Rule = {
  id: 'route/no-resolution',
  level: 'warning',
  title: 'No message when it is over',
  why: 'People who were woken have to look for themselves whether it still holds.',
  mend: 'Set `send_resolved: true`.',
  check: (stack, say) => {
    const { alertmanager } = stack;
    if (!alertmanager) return;
    for (const { name, integrations } of alertmanager.receivers) {
      const reaching = reachedBy(alertmanager, name, stack);
      // What always fires never ends.
      if (reaching.sure.length === 0 && reaching.always && !reaching.perhaps) continue;
      for (const { kind, value } of integrations) {
        const said = value.get('send_resolved');
        const first = value.node?.kind === 'map' ? value.node.entries[0] : undefined;
        if (said.isFalse() && reaching.sure.length > 0) say(said.place, `\`${name}\` isn't told when it is over`, { level: 'advice' });
        else if (!said.exists && SILENT_BY_DEFAULT.has(kind) && first) {
          const { file } = value;
          const line = file.text.lastIndexOf('\n', first.keyFrom - 1) + 1;
          const column = first.keyFrom - line;
          const block = /^[\s-]*$/.test(file.text.slice(line, first.keyFrom));
          say(value.head, `\`${name}\` isn't told when it is over: for ${kind} that is the default`, block ? { fix: { title: 'send_resolved: true', edits: [{ from: first.keyFrom, to: first.keyFrom, text: `send_resolved: true\n${' '.repeat(column)}` }] } } : {});
        }
      }
    }
  },
};

/** Receivers that an alert surely reaches; undefined when a matcher can't be decided (dispatch/route.go, `Match`). */
function receiversOf(route: Route, alert: AlertLabels): string[] | undefined {
  const found: string[] = [];
  for (const child of route.routes) {
    const taken = child.unclear ? undefined : takes(child.matchers, alert);
    if (taken === undefined) return undefined;
    if (!taken) continue;
    const inner = receiversOf(child, alert);
    if (!inner) return undefined;
    found.push(...inner);
    if (!child.continue) return found;
  }
  return found.length > 0 ? found : [route.receiver];
}

/** Whether an alert with these labels passes all matchers; undefined when that depends on what isn't known. */
function takes(matchers: PlacedMatcher[], alert: AlertLabels): boolean | undefined {
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

function fixed(alert: AlertLabels, label: string): string | undefined {
  return alert.fixed.get(label);
}

function surelyHas(alert: AlertLabels, label: string): boolean {
  return alert.fixed.has(label) || alert.set.has.has(label);
}

function surelyLacksLabel(alert: AlertLabels, label: string): boolean {
  return !alert.fixed.has(label) && !alert.open.has(label) && surelyLacks(alert.set, label);
}

/** The alerts that surely reach a receiver and may end; whether one that always fires does, and whether others may. */
function reachedBy({ route }: Alertmanager, name: string, stack: Stack): { sure: PrometheusRule[]; always: boolean; perhaps: boolean } {
  const alerts = stack.rules.filter((r) => r.kind === 'alert').map((rule) => ({ rule, always: isAlways(rule.expression.expr), receivers: route && receiversOf(route, alertLabels(rule, stack)) }));
  return {
    sure: alerts.filter((a) => !a.always && a.receivers?.includes(name)).map((a) => a.rule),
    always: alerts.some((a) => a.always && (a.receivers?.includes(name) ?? true)),
    perhaps: alerts.some((a) => !a.always && a.receivers === undefined),
  };
}

function isAlways(expr: { type: string; name?: unknown } | undefined): boolean {
  return expr?.type === 'call' && expr.name === 'vector';
}

function shown(matchers: PlacedMatcher[]): string {
  return matchers.map((m) => `${m.label}${m.op}"${m.value}"`).join(', ');
}

