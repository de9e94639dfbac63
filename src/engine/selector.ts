/** A series as PromQL and promtool name it. */
export function seriesSelector(metric: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(',')}}`;
}
