import type { CapacityNeed } from './dimension.ts';
import type { SourceRef } from './source.ts';

/** What provokes an alert. */
export interface Stimulus {
  /** A kind that a technology has: `redis-hits` (src/technologies/). */
  kind: string;
  /** The service whose requests it is about, where the kind has to be told. */
  service?: string;
  /** A level just on the quiet side of the limit. Absent for `outage` and `always`. */
  near?: number;
  /** A level just over the limit. */
  over?: number;
  /** The level when all is well; the recovery goes back to it. */
  calm?: number;
}

/**
 * What the stack promises about one alert: independent of the rule files, so that a rule that
 * drifted is noticed.
 */
export interface AlertContract {
  name: string;
  severity: 'critical' | 'warning' | 'none';
  /** `for`, as promised (real-time ms). */
  forMs: number;
  /**
   * `keep_firing_for`, as promised (real-time ms); the rule's own where the contract says nothing.
   */
  keepFiringForMs?: number;
  /** Evaluation interval of its group, as promised (real-time ms). */
  everyMs: number;
  /**
   * Widest window that has to fill before the expression tells the truth (real-time ms; 0 for
   * gauges).
   */
  windowMs: number;
  stimulus: Stimulus;
  /** Where it turns, in the stimulus's own unit: `> 0.8`. */
  limit?: string;
  /** Its annotations as people read them just beyond the limit; labels are named as `$job`. */
  reads?: Record<string, string>;
  /**
   * Labels that identify the provoked instance, e.g. {job: api}. For `outage`, job and instance are
   * added for each job.
   */
  labels: Record<string, string>;
  /** Names of receivers in `Contract.receivers` that must be told. */
  receivers: string[];
  /**
   * Regular expressions that the notification's text must match (what, where, value). `$job` and
   * `$instance` are filled in.
   */
  says: string[];
  source: SourceRef;
}

export interface JobContract {
  name: string;
  /** The one target, `host:port`, as scraped. */
  target: string;
  /** What runs behind it: a component that a technology has, such as `node-exporter`. */
  component: string;
  /**
   * An alert (by name) that would fire as a consequence when this job's target dies while it is
   * pending; must be inhibited by the alert on its outage.
   */
  follower?: string;
  /**
   * Set when nobody can be told of the outage by an alert on it, with the reason (Prometheus and
   * Alertmanager themselves): the Watchdog's silence tells.
   */
  toldBySilence?: string;
  source: SourceRef;
}

export interface ReceiverContract {
  name: string;
  /** Name of the receiver in alertmanager.yml. */
  kind: 'slack' | 'email' | 'webhook';
  /** For e-mail: the address that must receive. For slack: the channel. */
  to?: string;
  /** Whether it is told that an alert is over. */
  resolved: boolean;
  source: SourceRef;
}

/** As an exporter declares it; what is `untyped` Prometheus calls `unknown`. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'untyped';

export interface MetricContract {
  name: string;
  type: MetricType;
  /** Jobs that export it; nobody else may. */
  jobs: string[];
  /** Labels of each of its series, without `job` and `instance` (and a histogram's `le`). */
  labels: string[];
  /**
   * The most series that one job may have of it; of a histogram, the most combinations of its
   * labels.
   */
  series: number;
  /** The fewest series that one job has of it. */
  least: number;
  /** Upper bounds of buckets that a histogram must have, others aside. */
  buckets: number[];
  source: SourceRef;
}

/**
 * What a panel shows: an expression over series that are known from outside, for one query or, by
 * refId, for each.
 */
export interface PanelContract {
  title: string;
  unit: string;
  /** By refId; `*` for every query that isn't named. */
  shows: Record<string, string>;
  /** Why nothing from outside can be held against it. */
  unproved?: string;
  /** Why it may be without data. */
  empty?: string;
  source: SourceRef;
}

export interface DashboardContract {
  /** The dashboard's title. */
  name: string;
  panels: PanelContract[];
  source: SourceRef;
}

/** `contract.yaml` after parsing and normalising; durations in real-time ms. */
export interface Contract {
  version: 1;
  file: string;
  jobs: JobContract[];
  metrics: MetricContract[];
  dashboards: DashboardContract[];
  receivers: ReceiverContract[];
  alerts: AlertContract[];
  /**
   * What production has and needs of each dimension of load; none when the contract doesn't say.
   */
  capacity: CapacityNeed[];
}
