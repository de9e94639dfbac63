import { formatDuration } from '../../lib/duration.ts';
import { nearest } from '../../lib/nearest.ts';
import { print } from '../../promql/print.ts';
import type { Value } from '../../stack/source/value.ts';
import type { Rule } from '../rule.ts';
import { alertsOf, nameOf, subjectOf } from '../../stack/alerts.ts';
import type { Rule as PrometheusRule } from '../../stack/rules.ts';

const RULE_KEYS = ['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
const GROUP_KEYS = [
  'name',
  'interval',
  'query_offset',
  'limit',
  'labels',
  'rules',
  'partial_response_strategy',
];

export const unknownKey: Rule = {
  id: 'alert/unknown-key',
  level: 'error',
  title: 'A key that Prometheus does not know',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Correct the key.',
  check: ({ groups }, say) => {
    const compare = (value: Value, known: string[]): void => {
      for (const { key, value: inner } of value.entries())
        if (!known.includes(key))
          say(
            inner.keyPlace,
            `there is no key \`${key}\` here${((close) => (close === undefined ? '' : `; is \`${close}\` meant?`))(nearest(key, known))}`,
          );
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
      if (group.value.has('interval') && group.intervalMs === undefined)
        say(
          group.value.get('interval').place,
          `\`${group.value.get('interval').text() ?? ''}\` is no duration`,
        );
      for (const rule of group.rules)
        if (rule.forMs === undefined)
          say(
            rule.value.get('for').place,
            `\`${rule.value.get('for').text() ?? ''}\` is no duration`,
            { subject: subjectOf(rule) },
          );
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
      const labels = [...rule.labels]
        .map(([key, { text }]) => `${key}=${text}`)
        .toSorted()
        .join();
      const key = `${rule.kind} ${rule.name} ${labels}`;
      const first = seen.get(key);
      if (!first) seen.set(key, rule);
      else if (rule.kind === 'alert' || sameExpression(first, rule))
        say(
          nameOf(rule),
          `${rule.name} stands in ${first.group.file.path}:${first.group.file.position(first.value.head.from).line} already, with the same labels`,
          { subject: subjectOf(rule) },
        );
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
      if (seen.has(key))
        say(
          group.value.get('name').place,
          `the group \`${group.name}\` stands in this file already`,
        );
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
      const intervalMs = rule.group.evaluationMs;
      if (
        intervalMs !== undefined &&
        rule.forMs !== undefined &&
        rule.forMs > 0 &&
        intervalMs > rule.forMs
      )
        say(
          rule.value.get('for').place,
          `\`for: ${formatDuration(rule.forMs)}\` in a group that is evaluated every ${formatDuration(intervalMs)}`,
          { subject: subjectOf(rule) },
        );
    }
  },
};

function sameExpression(a: PrometheusRule, b: PrometheusRule): boolean {
  return (
    a.expression.expr !== undefined &&
    b.expression.expr !== undefined &&
    print(a.expression.expr) === print(b.expression.expr)
  );
}
