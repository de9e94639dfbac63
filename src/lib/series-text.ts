/**
 * Labels as PromQL, promtool and the exposition format write them: `{job="api",code="500"}`.
 * @param between what stands between two of them; people read `, ` more easily
 */
export function labelsText(labels: Record<string, string>, between: ',' | ', ' = ','): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.join(between)}}`;
}

/** A series as they write it, with the braces even where it has no labels. */
export function seriesText(
  metric: string,
  labels: Record<string, string>,
  between?: ',' | ', ',
): string {
  return `${metric}${labelsText(labels, between)}`;
}
