import type { Stack } from '../../stack/index.ts';
import type { Labels } from '../../stack/telling.ts';
import type { Value } from '../../stack/source/value.ts';
import { promisedAlerts } from './promised.ts';

/** One alert of the contract as it reaches Alertmanager. */
export interface PromisedInstance {
  name: string;
  labels: Labels;
  /** The target that it is about, also where its labels don't say. */
  given: { job?: string; instance?: string };
  /** What the contract says of the alert. */
  value: Value;
}

/** The alerts of the contract with all labels that are promised; of an outage one for each job. */
export function promisedInstances(stack: Stack): PromisedInstance[] {
  const jobs = stack.contract?.root.get('jobs');
  const targetOf = (job: string | undefined): string | undefined =>
    job === undefined ? undefined : jobs?.get(job).get('target').text();
  const external = Object.fromEntries(
    [...(stack.prometheus[0]?.externalLabels ?? [])].flatMap(([key, { text }]) =>
      text === undefined ? [] : [[key, text]],
    ),
  );
  return promisedAlerts(stack).flatMap(({ name, labels, severity, kind, value }) => {
    const all = { ...external, ...labels, ...(severity ? { severity } : {}), alertname: name };
    if (kind !== 'outage') {
      const { job, instance = targetOf(job) } = labels;
      const given = { ...(job ? { job } : {}), ...(instance ? { instance } : {}) };
      return [{ name, labels: all, given, value }];
    }
    return (jobs?.entries() ?? []).map(({ key: job }) => {
      const given = { job, instance: targetOf(job) ?? job };
      return { name, labels: { ...all, ...given }, given, value };
    });
  });
}

/**
 * Whether one alert is about the target of another: of its job, and of its instance where it names
 * one.
 */
export function sameTarget(by: Labels, of: Labels): boolean {
  return (
    by['job'] === of['job'] && (of['instance'] === undefined || by['instance'] === of['instance'])
  );
}
