import type { Value } from '../source/value.ts';

/**
 * Whether a Prometheus takes a resource by its label selector (kubernetes.io/docs, "Labels and
 * Selectors"): one that is empty takes all, one that isn't there takes none.
 */
export function selects(selector: Value, resource: Value): boolean {
  if (!selector.isMap) return false;
  const labels = resource.at('metadata', 'labels');
  const has = (key: string, values: string[]): boolean =>
    values.includes(labels.get(key).text() ?? '');
  const byLabels = selector
    .get('matchLabels')
    .entries()
    .every(({ key, value }) => labels.get(key).text() === value.text());
  const byExpressions = selector
    .get('matchExpressions')
    .items()
    .every((one) => {
      const key = one.get('key').text() ?? '';
      const values = one.get('values').texts();
      const named = has(
        key,
        values.map(({ text }) => text),
      );
      switch (one.get('operator').text() ?? '') {
        case 'In':
          return labels.has(key) && named;
        case 'NotIn':
          return !labels.has(key) || !named;
        case 'Exists':
          return labels.has(key);
        case 'DoesNotExist':
          return !labels.has(key);
        default:
          return false;
      }
    });
  return byLabels && byExpressions;
}
