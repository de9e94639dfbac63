import type { Phase } from './track.ts';

/** One instance of an alert, or the alert as a whole. */
export interface AlertSubject {
  about: 'alert';
  alert: string;
  /** The life of an instance, as in the plan: `TargetDown/api`; of the whole: the alert's name. */
  track: string;
}

/** A metric at one job that exports it. */
export interface MetricSubject {
  about: 'metric';
  metric: string;
  job: string;
}

/** A panel of a dashboard; also what of Grafana itself is judged, below the name `Grafana`. */
export interface PanelSubject {
  about: 'panel';
  dashboard: string;
  panel: string;
}

/** What an expectation is about; a run that ended early leaves one about itself. */
export type Subject = AlertSubject | MetricSubject | PanelSubject | { about: 'run' };

/** The receivers that a contract may promise. */
export type ReceiverKind = 'slack' | 'email' | 'webhook';

/** What is expected of an alert; who is told of it has a kind of its own. */
export const ALERT_KINDS = [
  'watchdog-delivered',
  'quiet-below-limit',
  'blip-stays-pending',
  'pending-in-time',
  'fires-on-time',
  'notification-content',
  'resolves-in-time',
  'follower-inhibited',
  'told-by-silence',
  'nothing-unexpected',
] as const;

/** What is expected of a metric, but for values that somebody else knows. */
export const METRIC_KINDS = [
  'scraped',
  'exported',
  'type',
  'labels',
  'series-bounded',
  'route-templates',
  'only-its-owners',
  'equals-counts',
  'quantiles-in-buckets',
] as const;

/** What is expected of Grafana itself. */
export const GRAFANA_KINDS = [
  'grafana-answers',
  'grafana-is-healthy',
  'grafana-reaches',
  'grafana-has',
  'grafana-evaluates',
  'browser-shows',
] as const;

/** What is expected of a panel and of Grafana, but for the values that are shown. */
export const PANEL_KINDS = [
  'has-data',
  'legend',
  'unit-and-range',
  'quiet-when-well',
  ...GRAFANA_KINDS,
] as const;

interface Of<Kind extends string, About extends Subject> {
  kind: Kind;
  subject: About;
  /** The phase of an alert's life in which it is measured; null: in the whole run. */
  phase: Phase | null;
}

export type AlertExpectation =
  | Of<(typeof ALERT_KINDS)[number], AlertSubject>
  | (Of<'told', AlertSubject> & { receiver: ReceiverKind; status: 'firing' | 'resolved' });

export type MetricExpectation =
  | Of<(typeof METRIC_KINDS)[number], MetricSubject>
  // `known`: who knows the values from outside, in words.
  | (Of<'equals-truth', MetricSubject> & { known: string });

export type PanelExpectation =
  | Of<(typeof PANEL_KINDS)[number], PanelSubject>
  // `refId`: which of several queries; null: the panel's only one.
  | (Of<'shows-truth', PanelSubject> & { refId: string | null });

/** One statement that a run proves, breaks or can't judge: its kind, what it is about, and when. */
export type Expectation =
  AlertExpectation | MetricExpectation | PanelExpectation | Of<'judged', Subject>;

export type ExpectationKind = Expectation['kind'];

/** Each expectation of a union without its subject, which its maker knows. */
export type WithoutSubject<E extends Expectation> = E extends unknown ? Omit<E, 'subject'> : never;

/** The alert, the metric or the dashboard: what several expectations are filed under. */
export function subjectName(subject: Subject): string {
  switch (subject.about) {
    case 'alert':
      return subject.alert;
    case 'metric':
      return subject.metric;
    case 'panel':
      return subject.dashboard;
    case 'run':
      return 'run';
  }
}

/** What exactly: `TargetDown/api`, `http_requests_total/api`, `Services/Error rate`. */
export function subjectId(subject: Subject): string {
  switch (subject.about) {
    case 'alert':
      return subject.track;
    case 'metric':
      return `${subject.metric}/${subject.job}`;
    case 'panel':
      return `${subject.dashboard}/${subject.panel}`;
    case 'run':
      return 'run';
  }
}
