import type { Endpoint } from './receivers.ts';
import type { AlertRef } from './recipe.ts';
import type { SourceRef } from './source.ts';
import type { SyntheticTarget } from './synthetic.ts';

/** A real exporter, and what it watches, behind the target of a job. */
export interface ProofComponent {
  job: string;
  /** As the registry of technologies calls it: `redis-exporter`. */
  component: string;
  /** Where it is itself: `real-1:9121`. */
  target: string;
}

/** What a job's discovery says from a moment on: a file below /etc, as text. */
export interface DiscoveryChange {
  /** Run ms after T0. */
  atMs: number;
  path: string;
  text: string;
}

/**
 * A scrape that takes longer is slow, real ms: a sample carries the beginning of its scrape, and
 * has the value of when it was answered, so that slopes in a fast run's short windows aren't what
 * was served. Margins bear as much, and verdicts doubt what is beyond.
 */
export const SLOW_SCRAPE_MS = 100;

/** How an alert is proved. */
export type ProofWay =
  /** From scrape to receiver. */
  | 'live'
  /**
   * Its expression in virtual time alone; from the firing alert on live, by a series that stands
   * for it.
   */
  | 'virtual';

/** A series of a track, as Prometheus must have it. */
export interface PlannedSeries {
  metric: string;
  labels: Record<string, string>;
  job: string;
  target: string;
}

/** What Prometheus does with an alert's labels before any Alertmanager gets it. */
export interface AlertRelabelling {
  /** `external_labels`: given to every alert that has none of that name. */
  external: Record<string, string>;
  /** `alert_relabel_configs` in their order, each with where it is written. */
  rules: { rule: Record<string, unknown>; source: SourceRef }[];
}

/** Times are run ms after T0. */
export interface ProofTrack {
  /** Number of the track; the `id` of its alert in reports is the alert's name. */
  id: string;
  alert: AlertRef;
  way: ProofWay;
  /** Why it isn't proved live. */
  why: string;
  startMs: number;
  /** From here on nothing of the start can be taken for a firing near the limit. */
  settledAtMs: number;
  overAtMs: number;
  calmAtMs: number;
  endMs: number;
  /**
   * Longest time from over to active, from active to firing (exact but for one evaluation), from
   * calm to its end.
   */
  activeWithinMs: number;
  forMs: number;
  evaluationMs: number;
  /**
   * How far back its group looks (`query_offset`): samples of `ALERTS` are stamped so much earlier
   * than the evaluations that write them.
   */
  queryOffsetMs: number;
  resolvedWithinMs: number;
  /** From firing, or its end, to the notification. */
  toldWithinMs: number;
  /**
   * Labels that every instance in question carries, as the samples of `ALERTS` have them; those
   * that a template makes are left out.
   */
  labels: Record<string, string>;
  /** Metrics whose series have to be there, with the labels that Prometheus must give them. */
  series: PlannedSeries[];
  /** Names of the recording rules that it reads. */
  behind: string[];
  /** Why what those record is now there for it and now not; virtual time shows nothing of it. */
  comesAndGoes?: string;
  /** Time intervals by which its routes hold it back at every minute of the week. */
  timeIntervals: string[];
  /** Labels and annotations whose templates ask Prometheus for other series. */
  asksBack: string[];
  /** Whether it fires for ever, whatever the data. */
  always: boolean;
}

/** A panel's query, as the run asks it: it has to show data. */
export interface PlannedPanel {
  /** For people. */
  what: string;
  query: string;
  /** Jobs that export all it reads, of each of which something has to be seen. */
  jobs: string[];
  source: SourceRef;
}

/** A metric that is read, and that no target exports whose metrics were saved. */
export interface MissingMetric {
  /** Null: no alert reads it. */
  alert: AlertRef | null;
  /** What reads it, for people. */
  what: string;
  metric: string;
  /** Which matcher none of its series passes, and what they have instead; absent: there is none. */
  lacks?: { asked: string; kind: 'label' | 'value'; have: string[] };
  source: SourceRef;
}

export interface ProofIntegration {
  /** `2/0`: the receiver's number and its own among the receiver's. */
  id: string;
  receiver: string;
  kind: string;
  sendsResolved: boolean;
}

/** Everything that a run needs to know, and the verdicts afterwards. */
export interface ProofPlan {
  schemaVersion: 2;
  stackName: string;
  speed: number;
  /** Why this speed. */
  speedReason: string;
  lengthMs: number;
  /** How far states may lie from those of virtual time: run ms. */
  slackMs: number;
  /** Files below /etc, as text. */
  files: { path: string; text: string }[];
  /** Files below /etc whose content is the run's own certificate or key. */
  pems: { path: string; pem: 'cert' | 'key' }[];
  /** Loopback address of each name; a literal address leads to itself. */
  hosts: Record<string, string>;
  targets: SyntheticTarget[];
  components: ProofComponent[];
  /** Names of the metrics that the stack's rules and panels select. */
  selected: string[];
  /** Targets that go and come back meanwhile, in the order of time. */
  discovery: DiscoveryChange[];
  /** Null: the stack has no Alertmanager configuration. */
  receivers: {
    names: string[];
    /** Names of those that have no integration on purpose. */
    dropping: string[];
    integrations: ProofIntegration[];
    endpoints: Endpoint[];
    transitions: { resolve: string[]; reopen: string[] };
  } | null;
  /**
   * Whether the stack's own prometheus.yml names an Alertmanager; true where there is no such file.
   */
  namesAlertmanager: boolean;
  alertRelabelling: AlertRelabelling;
  tracks: ProofTrack[];
  panels: PlannedPanel[];
  missing: MissingMetric[];
  /** Alerts that aren't provoked at all, and why. */
  notProvoked: {
    alert: AlertRef;
    /**
     * `cannot-fire-here`: no job gives what it needs; `unjudged`: nobody can tell whether one does;
     * `virtual`: nothing is left to prove live.
     */
    kind: 'cannot-fire-here' | 'unjudged' | 'virtual';
    why: string;
    /** Where that is written. */
    source: SourceRef | null;
  }[];
  /** For the durations that Prometheus takes on its command line. */
  prometheusFlags: string[];
  /** For people: what was stood in for, or isn't judged. */
  notes: string[];
}

/** Where the harness's own programs listen in a run's network: where no target of a stack is. */
export const PROOF_ADDRESSES = {
  prometheus: { host: '127.0.9.1', port: 9090 },
  alertmanager: { host: '127.0.9.1', port: 9093 },
  /** The webhooks beside the receivers. */
  facts: { host: '127.0.9.2', port: 9000 },
  /** Series that belong to no job of the stack. */
  own: { host: '127.0.9.3', port: 9100 },
} as const;
