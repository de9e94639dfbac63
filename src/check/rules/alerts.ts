import { nearest } from '../../lib/nearest.ts';
import { formatDuration } from '../../lib/duration.ts';
import { print } from '../promql/print.ts';
import type { Place, Value } from '../read/value.ts';
import type { Rule } from '../rule.ts';
import { flatten } from '../stack/alertmanager.ts';
import type { Stack } from '../stack/index.ts';
import type { Rule as PrometheusRule } from '../stack/rules.ts';

/** Known everywhere; a route needn't name them. */
const USUAL_SEVERITIES = ['critical', 'warning', 'info', 'none'];
const RULE_KEYS = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
const GROUP_KEYS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules', 'partial_response_strategy'];

const alertsOf = ({ rules }: Stack): PrometheusRule[] => rules.filter((rule) => rule.kind === 'alert');
const subjectOf = (rule: PrometheusRule): string => `${rule.kind} ${rule.name}`;
const nameOf = (rule: PrometheusRule): Place => (rule.value.get(rule.kind).exists ? rule.value.get(rule.kind).place : rule.value.head);

export const noSummary: Rule = {
  id: 'alert/no-summary',
  level: 'warning',
  title: 'An alert without a summary',
  why: 'Whoever is woken reads a name and labels, and has to guess what is wrong.',
  mend: 'Add an annotation `summary` that says what is wrong, and where.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) if (!['summary', 'message', 'title'].some((key) => rule.annotations.get(key)?.text.trim())) say(nameOf(rule), `${rule.name} has no summary`, { subject: subjectOf(rule) });
  },
};

export const noDescription: Rule = {
  id: 'alert/no-description',
  level: 'advice',
  title: 'An alert without a description',
  why: 'The summary says what; the value and what follows from it belong somewhere too.',
  mend: 'Add an annotation `description` with the value and what it means.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) if (rule.annotations.has('summary') && !['description', 'message'].some((key) => rule.annotations.get(key)?.text.trim())) say(nameOf(rule), `${rule.name} has no description`, { subject: subjectOf(rule) });
  },
};

export const noSeverity: Rule = {
  id: 'alert/no-severity',
  level: 'warning',
  title: 'An alert without a severity',
  why: 'The severity decides who is woken. Without it the alert goes wherever the last route leads.',
  mend: 'Add a label `severity`.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) if (!rule.labels.get('severity')?.text.trim()) say(nameOf(rule), `${rule.name} has no severity`, { subject: subjectOf(rule) });
  },
};

export const unknownSeverity: Rule = {
  id: 'alert/unknown-severity',
  level: 'error',
  title: 'A severity that no route knows',
  why: 'No route asks for it, so the alert is told to whom the rest goes, and perhaps to nobody who is awake.',
  mend: 'Use a severity that a route or an inhibition names, or add a route for it.',
  check: (stack, say) => {
    const { alertmanager, contract } = stack;
    if (!alertmanager?.route) return;
    const matchers = [...flatten(alertmanager.route).flatMap((r) => r.matchers), ...alertmanager.inhibitions.flatMap((i) => [...i.source, ...i.target])].filter((m) => m.label === 'severity');
    const promised = contract?.root.get('alerts').entries().flatMap((e) => e.value.get('severity').text() ?? []) ?? [];
    const known = [...new Set([...matchers.flatMap((m) => m.value.split('|')), ...promised, ...USUAL_SEVERITIES])];
    for (const rule of alertsOf(stack)) {
      const severity = rule.labels.get('severity');
      if (!severity || severity.text === '' || severity.text.includes('{{') || known.includes(severity.text)) continue;
      // A pattern in a route may take it all the same.
      if (matchers.some((m) => m.op.endsWith('~') && /[^\w|-]/.test(m.value))) continue;
      const close = nearest(severity.text, known);
      say(severity.value.place, `no route knows the severity \`${severity.text}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`, { subject: subjectOf(rule) });
    }
  },
};

export const runbookMissing: Rule = {
  id: 'alert/runbook-missing',
  level: 'error',
  title: 'A runbook that is not there',
  why: 'Whoever is woken follows the link and finds nothing.',
  mend: 'Write the page, or correct the link.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) for (const key of ['runbook_url', 'runbook']) {
      const link = rule.annotations.get(key);
      const path = link && pathIn(link.text);
      if (!link || path === undefined) continue;
      const folder = path.split('/').slice(0, -1).join('/');
      // Of a folder that isn't here nobody knows: the link leads to another repository.
      if (stack.repositoryPath(path) === 'absent' && folder !== '' && stack.repositoryPath(folder) === 'folder') say(link.value.place, `there is no page ${path}`, { subject: subjectOf(rule) });
    }
  },
};

export const unknownKey: Rule = {
  id: 'alert/unknown-key',
  level: 'error',
  title: 'A key that Prometheus does not know',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Correct the key.',
  check: ({ groups }, say) => {
    const compare = (value: Value, known: string[]): void => {
      for (const { key, value: inner } of value.entries()) if (!known.includes(key)) say(inner.keyPlace, `there is no key \`${key}\` here${((close) => (close === undefined ? '' : `; is \`${close}\` meant?`))(nearest(key, known))}`);
    };
    for (const group of groups) {
      compare(group.value, GROUP_KEYS);
      for (const rule of group.rules) compare(rule.value, RULE_KEYS);
    }
  },
};

export const badDuration: Rule = {
  id: 'alert/bad-duration',
  level: 'error',
  title: 'A duration that is none',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Write it as `30s`, `5m`, `1h30m`: largest unit first, no blanks, no fractions.',
  check: ({ groups }, say) => {
    for (const group of groups) {
      if (group.value.has('interval') && group.intervalMs === undefined) say(group.value.get('interval').place, `\`${group.value.get('interval').text() ?? ''}\` is no duration`);
      for (const rule of group.rules) if (rule.forMs === undefined) say(rule.value.get('for').place, `\`${rule.value.get('for').text() ?? ''}\` is no duration`, { subject: subjectOf(rule) });
    }
  },
};

export const duplicateAlert: Rule = {
  id: 'alert/duplicate',
  level: 'warning',
  title: 'The same alert twice',
  why: 'Two rules of one name and one severity are one alert to Alertmanager: it flaps between their texts, and nobody knows which one fired.',
  mend: 'Remove one, or give them names (or severities) of their own.',
  check: (stack, say) => {
    const seen = new Map<string, PrometheusRule>();
    for (const rule of stack.rules) {
      if (rule.name === '') continue;
      const labels = [...rule.labels].map(([key, { text }]) => `${key}=${text}`).toSorted().join();
      const key = `${rule.kind} ${rule.name} ${labels}`;
      const first = seen.get(key);
      if (!first) seen.set(key, rule);
      else if (rule.kind === 'alert' || sameExpression(first, rule)) say(nameOf(rule), `${rule.name} stands in ${first.group.file.path}:${first.group.file.position(first.value.head.from).line} already, with the same labels`, { subject: subjectOf(rule) });
    }
  },
};

export const duplicateGroup: Rule = {
  id: 'alert/duplicate-group',
  level: 'error',
  title: 'Two groups of one name in a file',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Give one of them another name, or join them.',
  check: ({ groups }, say) => {
    const seen = new Set<string>();
    for (const group of groups) {
      const key = `${group.file.path}\n${group.name}`;
      if (seen.has(key)) say(group.value.get('name').place, `the group \`${group.name}\` stands in this file already`);
      seen.add(key);
    }
  },
};

export const seldomEvaluated: Rule = {
  id: 'alert/evaluated-too-seldom',
  level: 'warning',
  title: 'A group that is evaluated more seldom than `for` needs',
  why: '`for` is compared at evaluations only: it is rounded up to whole intervals, so an alert that should fire after one minute fires after five.',
  mend: 'Give the group an `interval` of at most half of `for`, or a group of its own.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) {
      const intervalMs = rule.group.intervalMs ?? stack.prometheus?.evaluationIntervalMs;
      if (intervalMs !== undefined && rule.forMs !== undefined && rule.forMs > 0 && intervalMs > rule.forMs) say(rule.value.get('for').place, `\`for: ${formatDuration(rule.forMs)}\` in a group that is evaluated every ${formatDuration(intervalMs)}`, { subject: subjectOf(rule) });
    }
  },
};

/** The path in a repository of a link to one of its pages: `https://host/owner/repo/blob/main/docs/x.md#part` → `docs/x.md`. */
function pathIn(link: string): string | undefined {
  if (link.includes('{{')) return undefined;
  let path = link;
  if (/^https?:/.test(link)) {
    if (!URL.canParse(link)) return undefined;
    const parts = new URL(link).pathname.split('/').filter((p) => p !== '' && p !== '-');
    const marker = parts.findIndex((p, i) => i >= 2 && ['blob', 'tree', 'raw', 'src'].includes(p));
    if (marker < 0) return undefined;
    path = parts.slice(marker + (parts[marker] === 'src' && parts[marker + 1] === 'branch' ? 3 : 2)).join('/');
  }
  const plain = path.split('#')[0]?.replace(/^\.?\//, '') ?? '';
  try {
    return /\.(md|html?|adoc|rst)$/.test(plain) ? decodeURIComponent(plain) : undefined;
  } catch {
    return undefined;
  }
}

function sameExpression(a: PrometheusRule, b: PrometheusRule): boolean {
  return a.expression.expr !== undefined && b.expression.expr !== undefined && print(a.expression.expr) === print(b.expression.expr);
}
