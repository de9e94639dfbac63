import type { SourceRef } from './source.ts';

/** Every kind of finding has a stable id; see docs/findings.md. */
export const FINDING_IDS = [
  'watchdog-silent',
  'never-pending',
  'never-fired',
  'fired-early',
  'fired-late',
  'fired-below-limit',
  'fired-on-blip',
  'blip-unnoticed',
  'pending-late',
  'not-resolved',
  'not-received',
  'received-late',
  'resolution-not-received',
  'wrong-severity',
  'wrong-labels',
  'wrong-text',
  'not-inhibited',
  'unexpected-notification',
  'unexpected-alert',
  'silence-not-kept',
  'target-not-scraped',
  'metric-missing',
  'metric-wrong-type',
  'metric-wrong-labels',
  'metric-foreign',
  'too-many-series',
  'raw-path-in-label',
  'count-differs',
  'value-differs',
  'quantile-differs',
  'panel-error',
  'panel-no-data',
  'panel-lacks-job',
  'panel-legend-not-distinct',
  'panel-legend-names-nothing',
  'panel-out-of-range',
  'panel-value-differs',
  'panel-not-empty',
  'grafana-alert-fires',
  'grafana-unhealthy',
  'grafana-data-source-differs',
  'grafana-data-source-unreachable',
  'grafana-dashboard-missing',
  'grafana-dashboard-differs',
  'grafana-query-fails',
  'grafana-value-differs',
  'grafana-alert-unhealthy',
  'grafana-panel-error',
  'grafana-panel-no-data',
  'could-not-judge',
] as const;

export type FindingId = (typeof FINDING_IDS)[number];

/** What is wrong, where, and why that may be. */
export interface Finding {
  id: FindingId;
  title: string;
  source: SourceRef | null;
  query: string | null;
  expected: string;
  seen: string;
  likelyCause: string;
}
