import type { AlertRelabelling } from '../../model/proof-plan.ts';
import { relabel } from '../../promql/relabel.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Value } from '../../stack/source/value.ts';
import { plainMap } from './plain.ts';
import { sourceOf } from './place-source.ts';
import type { Subject } from './subject.ts';

const KEY = 'alert_relabel_configs';
/** Prometheus fills in what its environment has: a run's isn't the stack's. */
const FROM_ENVIRONMENT = '$';

/** An alert as Alertmanager gets it, as far as that is known before it fires. */
export interface Notified {
  labels: Labels;
  /** Whether a label may have another value than it has here. */
  isOpen: (label: string) => boolean;
}

/**
 * What a stack's prometheus.yml does with the labels of alerts; of resources nothing is known but
 * external labels.
 */
export function alertRelabelling({ prometheus }: Pick<Subject, 'prometheus'>): AlertRelabelling {
  if (!prometheus) return { external: {}, rules: [] };
  const external = [...prometheus.externalLabels].flatMap(([name, { text }]) =>
    text === undefined || text.includes(FROM_ENVIRONMENT) ? [] : [[name, text]],
  );
  const alerting = prometheus.root.get('alerting');
  const lists = [alerting, ...alertmanagersOf(alerting).slice(0, 1)];
  const rules = prometheus.origin === 'operator' ? [] : lists.flatMap((o) => o.get(KEY).items());
  return {
    external: Object.fromEntries(external) as Labels,
    rules: rules.map((value) => ({ rule: plainMap(value), source: sourceOf(value.place) })),
  };
}

/** Says where alerts are relabelled otherwise for some of several Alertmanagers. */
export function relabellingNotes({ prometheus }: Pick<Subject, 'prometheus'>): string[] {
  const all = alertmanagersOf(prometheus?.root.get('alerting')).map((one) =>
    JSON.stringify(one.get(KEY).items().map(plainMap)),
  );
  return new Set(all).size > 1
    ? [`of several Alertmanagers with \`${KEY}\` of their own the first was proved`]
    : [];
}

/** @param templated labels whose values are known once it fires */
export function notifiedOf(
  labels: Labels,
  templated: readonly string[],
  { external, rules }: AlertRelabelling,
): Notified {
  const own = { ...external, ...labels };
  if (rules.length === 0) return { labels: own, isOpen: (label) => templated.includes(label) };
  // What rules make of a value that isn't known may be anything.
  if (templated.length > 0) return { labels: {}, isOpen: () => true };
  const relabelled = relabel(
    own,
    rules.map(({ rule }) => rule),
  );
  return { labels: 'labels' in relabelled ? relabelled.labels : {}, isOpen: () => false };
}

function alertmanagersOf(alerting: Value | undefined): Value[] {
  return alerting?.get('alertmanagers').items() ?? [];
}
