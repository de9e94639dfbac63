import type { Value } from '../source/value.ts';

/** Keys of a relabelling step as a resource writes them, and as prometheus.yml does. */
const KEYS: Readonly<Record<string, string>> = {
  sourceLabels: 'source_labels',
  targetLabel: 'target_label',
};

/** One relabelling step, in the form of prometheus.yml. */
export type Step = Record<string, unknown>;

/** A resource's own relabelling, in the form of prometheus.yml. */
export function stepsOf(list: Value): Step[] {
  return list
    .items()
    .filter((one) => one.isMap)
    .map((one) =>
      Object.fromEntries(
        one.entries().map(({ key, value }) => [
          KEYS[key] ?? key,
          // A resource may write actions large.
          key === 'action' ? value.text()?.toLowerCase() : value.json(),
        ]),
      ),
    );
}

/** The name that a label of Kubernetes has in discovery (discovery/kubernetes, `strutil`). */
export function sanitized(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** A label that is copied, where there is one. */
export function copied(source: string, target: string): Step {
  return { source_labels: [source], target_label: target, regex: '(.+)', replacement: '${1}' };
}

/**
 * What keeps the services or pods that a selector takes (pkg/prometheus/promcfg.go,
 * `generateServiceMonitorConfig`).
 * @param kind `service` or `pod`
 */
export function selectedBy(selector: Value, kind: string): Step[] {
  const label = (key: string): string => `__meta_kubernetes_${kind}_label_${sanitized(key)}`;
  const present = (key: string): string =>
    `__meta_kubernetes_${kind}_labelpresent_${sanitized(key)}`;
  const named = (action: string, key: string, values: string[]): Step => ({
    action,
    source_labels: [label(key), present(key)],
    regex: `(${values.join('|')});true`,
  });
  const byLabels = selector
    .get('matchLabels')
    .entries()
    .map(({ key, value }) => named('keep', key, [value.text() ?? '']));
  const byExpressions = selector
    .get('matchExpressions')
    .items()
    .flatMap((one): Step[] => {
      const key = one.get('key').text() ?? '';
      const values = one
        .get('values')
        .texts()
        .map(({ text }) => text);
      switch (one.get('operator').text() ?? '') {
        case 'In':
          return [named('keep', key, values)];
        case 'NotIn':
          return [named('drop', key, values)];
        case 'Exists':
          return [{ action: 'keep', source_labels: [present(key)], regex: 'true' }];
        case 'DoesNotExist':
          return [{ action: 'drop', source_labels: [present(key)], regex: 'true' }];
        default:
          return [];
      }
    });
  return [...byLabels, ...byExpressions];
}
