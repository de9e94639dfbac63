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
  const whole = alertmanagers.filter(({ partial, route }) => !partial && route !== undefined);
  const notes = [
    ...files.slice(1).map(({ file }) => `${file.path} isn't proved: another prometheus.yml is`),
    ...whole.slice(1).map(({ file }) => `${file.path} isn't proved: another alertmanager.yml is`),
    ...(files.length === 0 && all.length > 0
      ? [
          'scrape jobs are made by the prometheus-operator: scraping and relabelling were not judged',
        ]
      : []),
  ];
  const groups = rest.groups.filter((group) => !whyNotLoaded(files[0], group));
  return { subject: { ...rest, groups, prometheus: files[0], alertmanager: whole[0] }, notes };
}
