import { joinedAlertmanager } from '../../stack/operator/joined.ts';
import type { Alertmanager } from '../../stack/alertmanager.ts';
import type { Stack } from '../../stack/index.ts';
import type { Prometheus } from '../../stack/prometheus.ts';
import { whyNotLoaded } from './loaded.ts';

/** A stack with the one configuration of each program that is proved. */
export interface Subject extends Omit<Stack, 'prometheus' | 'alertmanagers'> {
  prometheus: Prometheus | undefined;
  alertmanager: Alertmanager | undefined;
}

/**
 * The first configuration of each; what else there is, and what isn't taken, is named for people.
 */
export function subjectOf(stack: Stack): { subject: Subject; notes: string[] } {
  const { prometheus: all, alertmanagers, ...rest } = stack;
  const files = all.filter(({ origin }) => origin === 'file');
  const prometheus = files[0] ?? all[0];
  const whole = alertmanagers.filter(({ partial, route }) => !partial && route !== undefined);
  const joined = whole.length === 0 ? joinedAlertmanager(alertmanagers) : undefined;
  const notes = [
    ...files.slice(1).map(({ file }) => `${file.path} isn't proved: another prometheus.yml is`),
    ...whole.slice(1).map(({ file }) => `${file.path} isn't proved: another alertmanager.yml is`),
    ...(joined
      ? ["receivers are those of AlertmanagerConfigs; what none of them takes wasn't judged"]
      : []),
    ...(prometheus?.origin === 'operator'
      ? ['scrape jobs were made of resources, as the prometheus-operator makes them']
      : []),
  ];
  const groups = rest.groups.filter((group) => !whyNotLoaded(prometheus, group));
  return { subject: { ...rest, groups, prometheus, alertmanager: whole[0] ?? joined }, notes };
}
