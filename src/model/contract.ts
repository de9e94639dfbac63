import type { CapacityNeed } from './capacity.ts';
import type { SourceRef } from './source.ts';

/** What provokes an alert. `service` is one of GT-Vision's own services (a job whose component is `fake/<service>`). */
export type StimulusKind =
  /** Share (0..1) of the synthetic host's CPU time in use. */
  | 'host-cpu'
  /** Share (0..1) of the synthetic host's memory in use. */
  | 'host-memory'
  /** Share (0..1) of the synthetic host's data file system that is free. */
  | 'disk-free'
  /** Share (0..1) of a service's requests that are answered with a 5xx. */
  | 'request-errors'
  /** Share (0..1) of a service's requests that are slower than the limit in `slowMs`; the rest of the slow tail stays just under it. */
  | 'request-latency'
  /** Number of streams held open at the streaming service. */
  | 'streams'
  /** Number of cameras (of 100) that are offline. */
  | 'cameras-offline'
  /** Recording errors per model second. */
  | 'recording-errors'
  /** Share (0..1) of PostgreSQL's `max_connections` that clients hold open. */
  | 'postgres-connections'
  /** Share (0..1) of the lookups in Redis that hit. */
  | 'redis-hits'
  /** Number of messages that wait in a RabbitMQ queue. */
  | 'queued-messages'
  /** Share (0..1) of the object storage's usable capacity that objects take up. */
  | 'stored-objects'
  /** Each scraped job's component in turn is frozen, stopped and started. */
  | 'outage'
  /** Nothing has to be done: the alert always fires (Watchdog). */
  | 'always';

export interface Stimulus {
  kind: StimulusKind;
  service?: 'backend' | 'streaming' | 'ai';
  /** A level just on the quiet side of the limit. Absent for `outage` and `always`. */
  near?: number;
  /** A level just over the limit. */
  over?: number;
  /** The level when all is well; the recovery goes back to it. */
  calm?: number;
}

/** What the stack promises about one alert: independent of the rule files, so that a rule that drifted is noticed. */
export interface AlertContract {
  name: string;
  severity: 'critical' | 'warning' | 'none';
  /** `for`, as promised (real-time ms). */
  forMs: number;
  /** Evaluation interval of its group, as promised (real-time ms). */
  everyMs: number;
  /** Widest window that has to fill before the expression tells the truth (real-time ms; 0 for gauges). */
  windowMs: number;
  stimulus: Stimulus;
  /** Labels that identify the provoked instance, e.g. {job: backend}. For `outage`, job and instance are added for each job. */
  labels: Record<string, string>;
  /** Names of receivers in `Contract.receivers` that must be told. */
  receivers: string[];
  /** Regular expressions that the notification's text must match (what, where, value). `$job` and `$instance` are filled in. */
  says: string[];
  source: SourceRef;
}

export interface JobContract {
  name: string;
  /** The one target, `host:port`, as scraped. */
  target: string;
  /** What runs behind it: a key of the runtime's component catalogue, e.g. `fake/backend`, `node-exporter`. */
  component: string;
  /** An alert (by name) that would fire as a consequence when this job's target dies while it is pending; must be inhibited by ServiceDown. */
  follower?: string;
  /** Set when nobody can be told of the outage by ServiceDown, with the reason (Prometheus and Alertmanager themselves): the Watchdog's silence tells. */
  toldBySilence?: string;
  source: SourceRef;
}

export interface ReceiverContract {
  name: string;
  /** Name of the receiver in alertmanager.yml. */
  kind: 'slack' | 'email' | 'webhook';
  /** For e-mail: the address that must receive. For slack: the channel. */
  to?: string;
  source: SourceRef;
}

export interface MetricContract {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  /** Jobs that export it; nobody else may. */
  jobs: string[];
  /** Labels of each of its series, without `job` and `instance` (and a histogram's `le`). */
  labels: string[];
  /** The most series that one job may have of it; of a histogram, the most combinations of its labels. */
  series: number;
  source: SourceRef;
}

/** What a panel shows: a quantity that the harness knows from outside, for one query or, by refId, for each. */
export interface PanelContract {
  title: string;
  unit: string;
  /** By refId; `*` for every query that isn't named. */
  shows: Record<string, string>;
  /** Why no quantity from outside can be held against it. */
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
  /** What production has and needs of each dimension of load; none when the contract doesn't say. */
  capacity: CapacityNeed[];
}
