/** Names that are written as they are; any other is quoted (Prometheus 3, UTF-8 names). */
const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What stands between two labels; people read `, ` more easily. */
type Between = ',' | ', ';

/**
 * Labels as PromQL, promtool and the exposition format write them: `{job="api",code="500"}`, or
 * `{"service.name"="api"}`.
 */
export function labelsText(labels: Record<string, string>, between: Between = ','): string {
  return `{${pairsOf(labels).join(between)}}`;
}

/**
 * A series as they write it, with the braces even where it has no labels: `up{job="api"}`, or
 * `{"http.requests",job="api"}`.
 */
export function seriesText(
  metric: string,
  labels: Record<string, string>,
  between: Between = ',',
): string {
  if (metric === '' || METRIC.test(metric)) return `${metric}${labelsText(labels, between)}`;
  return `{${[JSON.stringify(metric), ...pairsOf(labels)].join(between)}}`;
}

function pairsOf(labels: Record<string, string>): string[] {
  return Object.entries(labels).map(
    ([name, value]) => `${LABEL.test(name) ? name : JSON.stringify(name)}=${JSON.stringify(value)}`,
  );
}
