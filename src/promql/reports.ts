/** What Prometheus itself writes of each scrape of a target (scrape/scrape.go, `report`). */
const REPORTS: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
  'scrape_timeout_seconds',
  'scrape_sample_limit',
  'scrape_body_size_bytes',
]);
/** What it writes of alerts (rules/alerting.go). */
const STATES: ReadonlySet<string> = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

/** Whether a metric tells of scrapes: no relabelling of metrics touches it. */
export function isReport(metric: string): boolean {
  return REPORTS.has(metric);
}

/** Whether Prometheus makes the series itself: of scrapes, or of alerts. */
export function isBuiltIn(metric: string): boolean {
  return REPORTS.has(metric) || STATES.has(metric);
}
