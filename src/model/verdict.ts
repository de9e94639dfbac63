import type { SourceRef } from './source.ts';

export type Outcome = 'pass' | 'fail' | 'inconclusive';

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
  'panel-legend-not-distinct',
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

/** The judgement of one expectation. */
export interface Verdict {
  about: 'alert' | 'metric' | 'panel';
  /** Name of the alert, the metric, or the panel's dashboard. */
  subject: string;
  /** What of it: the alert's track (`ServiceDown/backend`), the metric's job (`http_requests_total/backend`), the panel (`Business Metrics/Active Streams`). */
  track: string;
  /** What was expected, short: `quiet below limit`, `fires on time`, `mail received`. */
  expectation: string;
  outcome: Outcome;
  /** Present unless it passed. */
  finding?: Finding;
  /** What was measured, for the report: e.g. `firing 5.00 s after active`. */
  measured?: string;
}

export interface Finding {
  id: FindingId;
  title: string;
  source: SourceRef | null;
  query: string | null;
  expected: string;
  seen: string;
  likelyCause: string;
}

export interface Judgement {
  schemaVersion: 2;
  runId: string;
  stackName: string;
  speed: number;
  outcome: Outcome;
  exitCode: 0 | 1 | 2;
  verdicts: Verdict[];
  counts: { pass: number; fail: number; inconclusive: number };
  /** Wall time and the plan's own critical path, ms. */
  wallMs: number;
  criticalPathMs: number;
  versions: Record<string, string>;
  interruption: string | null;
  /** What of the stack was to be proved; null: everything. */
  selection: string | null;
  /** What this runtime can't judge at all, and why: neither passed nor failed. */
  notJudged: { what: string; why: string }[];
}
