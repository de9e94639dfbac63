/** Something that reached a receiver. */
export interface ProofDelivery {
  at: number;
  /** Null when nobody can tell which integration sent it. */
  integration: string | null;
  kind: string;
  to: string;
  text: string;
  /** Why the receiver couldn't read it. */
  error: string | null;
}

/** What Alertmanager told a receiver, as facts. */
export interface ProofFact {
  at: number;
  /** The receiver's number. */
  receiver: number;
  groupKey: string;
  alerts: {
    status: 'firing' | 'resolved';
    labels: Record<string, string>;
    annotations: Record<string, string>;
  }[];
}

/** Samples `[epoch ms, value]` of one series. */
export interface ProofSeries {
  labels: Record<string, string>;
  samples: [number, number][];
}

/** Counts up whenever what is kept changes its form. */
export const PROOF_EVIDENCE_VERSION = 2;

export interface ProofEvidence {
  schemaVersion: typeof PROOF_EVIDENCE_VERSION;
  startedAt: number;
  t0: number | null;
  endedAt: number;
  /**
   * Why, and when (epoch ms), the proof stopped before it had seen everything, if it did: then
   * nothing after that moment is judged, and the proof is no pass.
   */
  interruption: { at: number; detail: string } | null;
  /** Every sample of ALERTS. */
  alerts: ProofSeries[];
  /** Series that the plan asks for and Prometheus has, by track: how many of each. */
  seen: Record<string, number[]>;
  /** Why scrapes failed, as Prometheus says it, by job. */
  scrapeErrors: Record<string, string>;
  facts: ProofFact[];
  deliveries: ProofDelivery[];
  /** Alerts that Alertmanager held back, and by what. */
  suppressed: {
    labels: Record<string, string>;
    by: 'inhibition' | 'silence' | 'mute';
    source: Record<string, string>[];
  }[];
  /** What Alertmanager said of notifications that failed. */
  notifyErrors: string[];
  /** Rules whose evaluation or templates failed, as Prometheus says it. */
  ruleErrors: { group: string; rule: string; error: string }[];
  /** Annotations of what fired, by alert name. */
  annotations: { labels: Record<string, string>; annotations: Record<string, string> }[];
  /** How long the slowest scrape of each job took, ms. */
  slowestScrapeMs: Record<string, number>;
  /** Every sample of `up`: when each target was scraped. */
  scrapes: ProofSeries[];
  /** What each of the plan's panels showed, in their order; and of which jobs. */
  panels: { series: number; jobs: string[]; error: string | null }[];
  /** How late the harness itself was at most, ms. */
  worstLagMs: number;
  missedEvaluations: number;
  versions: Record<string, string>;
}
