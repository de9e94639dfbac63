import { selectors } from '../../../promql/ast.ts';
import type { Expr, Matcher } from '../../../promql/ast.ts';
import { labelsOf } from '../../../promql/labels.ts';
import { excludeEachOther, passes } from '../../../promql/matchers.ts';
import { print } from '../../../promql/print.ts';
import { samples } from '../../../promql/regex/sample.ts';
import { nameOf, subjectOf } from '../../../stack/alerts.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Group, Rule as PrometheusRule } from '../../../stack/rules.ts';
import type { Rule } from '../../rule.ts';

export const duplicateAlert: Rule = {
  id: 'alert/duplicate',
  level: 'warning',
  title: 'The same alert twice',
  why:
    'Two rules of one name and one severity are one alert to Alertmanager: it flaps between ' +
    'their texts, and nobody knows which one fired.',
  mend: 'Remove one, or give them names (or severities) of their own.',
  check: (stack, say) => {
    const seen = new Map<string, PrometheusRule>();
    const loaders = loadersOf(stack);
    for (const rule of stack.rules) {
      if (rule.name === '') continue;
      const labels = [...rule.labels]
        .map(([key, { text }]) => `${key}=${text}`)
        .toSorted()
        .join();
      const keys = (loaders.get(rule.group) ?? ['nobody']).map(
        (loader) => `${loader} ${rule.kind} ${rule.name} ${labels}`,
      );
      const first = keys.map((key) => seen.get(key)).find(Boolean);
      if (!first) for (const key of keys) seen.set(key, rule);
      else if (rule.kind === 'alert' ? !areDisjoint(first, rule) : sameExpression(first, rule))
        say(
          nameOf(rule),
          `${rule.name} stands in ` +
            `${first.group.file.path}:${first.group.file.position(first.value.head.from).line} ` +
            'already, with the same labels',
          { subject: subjectOf(rule) },
        );
    }
  },
};

/** Who loads each group: what different Prometheuses evaluate is no duplicate. */
function loadersOf({ prometheus }: Stack): Map<Group, string[]> {
  const loaders = new Map<Group, string[]>();
  prometheus.forEach(({ groups }, i) => {
    for (const group of groups) loaders.set(group, [...(loaders.get(group) ?? []), `${i}`]);
  });
  return loaders;
}

/**
 * Whether a label that both keep has never the same value in them: then they are different alerts.
 */
function areDisjoint(a: PrometheusRule, b: PrometheusRule): boolean {
  const [left, right] = [a.expression.expr, b.expression.expr];
  if (!left || !right) return false;
  const matchers = (expr: Expr, label: string): (Matcher | undefined)[] =>
    selectors(expr).map((s) => s.matchers.find((m) => m.label === label));
  const known = (expr: Expr): ReadonlySet<string> => labelsOf(expr, () => undefined).has;
  return [...new Set(selectors(left).flatMap((s) => s.matchers.map((m) => m.label)))].some(
    (label) =>
      (known(left).has(label) || known(right).has(label)) &&
      matchers(left, label).every((one) =>
        matchers(right, label).every(
          (other) => one && other && (excludeEachOther(one, other) || seldomMeet(one, other)),
        ),
      ),
  );
}

/**
 * Whether no text that is made of one pattern's words passes the other: they name different things.
 */
function seldomMeet(one: Matcher, other: Matcher): boolean {
  if (one.op !== '=~' || other.op !== '=~') return false;
  const [of, by] = [samples(one.value), samples(other.value)];
  return (
    of.length > 0 &&
    by.length > 0 &&
    of.every((text) => passes(other, text) === false) &&
    by.every((text) => passes(one, text) === false)
  );
}

function sameExpression(a: PrometheusRule, b: PrometheusRule): boolean {
  return (
    a.expression.expr !== undefined &&
    b.expression.expr !== undefined &&
    print(a.expression.expr) === print(b.expression.expr)
  );
}
