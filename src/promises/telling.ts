import { formatDuration } from '../lib/duration.ts';
import type { Stack } from '../stack/index.ts';
import type { Rule } from '../stack/rules.ts';
import { tellingsOf } from '../stack/telling.ts';
import type { Labels, Telling } from '../stack/telling.ts';
import { known } from './derived.ts';
import type { Entry } from './derived.ts';

/** How people are told of most alerts; undefined where nobody is, or nobody can tell. */
export function generalTelling(stack: Stack): Entry | undefined {
  const all = stack.rules
    .filter((rule) => rule.kind === 'alert' && isAlwaysTold(rule, stack))
    .flatMap((rule) => tellingOf(rule, stack) ?? [])
    .map((telling) => JSON.stringify(telling));
  const counts = new Map<string, number>();
  for (const text of all) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most && (JSON.parse(most[0]) as Entry);
}

/** How people are told of a rule's alerts, as far as all who are told are told alike. */
export function tellingOf(rule: Rule, stack: Stack): Entry | undefined {
  const [alertmanager] = stack.alertmanagers;
  const all = alertmanager && tellingsOf(alertmanager, labelsOf(rule, stack));
  const [first] = all ?? [];
  if (!all || !first) return undefined;
  const same = <T>(of: (telling: Telling) => T): T | undefined =>
    all.every((one) => String(of(one)) === String(of(first))) ? of(first) : undefined;
  const wait = (of: (telling: Telling) => number): string | undefined => {
    const ms = same(of);
    return ms === undefined ? undefined : formatDuration(ms);
  };
  return known({
    group_by: same((one) => one.groupedBy),
    group_wait: wait((one) => one.groupWaitMs),
    group_interval: wait((one) => one.groupIntervalMs),
    repeat_interval: wait((one) => one.repeatIntervalMs),
  });
}

/** Whether somebody is told of it at each minute of the week. */
export function isAlwaysTold(rule: Rule, stack: Stack): boolean {
  const [alertmanager] = stack.alertmanagers;
  const all = alertmanager && tellingsOf(alertmanager, labelsOf(rule, stack));
  return all?.every(({ always }) => always) ?? false;
}

/** Those that its rule and its Prometheus give it; templates are left out. */
function labelsOf(rule: Rule, { prometheus: [first] }: Stack): Labels {
  const texts = [...(first?.externalLabels ?? []), ...rule.labels].flatMap(([key, { text }]) =>
    text === undefined || text.includes('{{') ? [] : [[key, text] as const],
  );
  return { ...Object.fromEntries(texts), alertname: rule.name };
}
