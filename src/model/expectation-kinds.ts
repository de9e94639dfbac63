import { subjectId } from './expectation.ts';
import type { Expectation, ExpectationKind } from './expectation.ts';
import type { FindingId } from './finding.ts';
import type { Phase } from './track.ts';

/** What is known of a kind of expectation. */
interface KindFacts<E extends Expectation> {
  /** In words, as people read it in every report. */
  title: (expectation: E) => string;
  /** The findings that it may give; `could-not-judge` besides, which each may. */
  findings: readonly FindingId[];
  /** The phases in which the machine may have spoilt it; absent: in any of its track's. */
  spoiltIn?: readonly Phase[];
}

/** Every kind of expectation; docs/expectations.md explains each. */
export const EXPECTATION_KINDS = {
  judged: { title: () => 'judged', findings: [] },

  'watchdog-delivered': { title: () => 'watchdog delivered', findings: ['watchdog-silent'] },
  'quiet-below-limit': {
    title: () => 'quiet below limit',
    findings: ['fired-below-limit'],
    spoiltIn: ['settle', 'near'],
  },
  'blip-stays-pending': {
    title: () => 'blip: pending, never firing',
    findings: ['fired-on-blip', 'blip-unnoticed'],
    spoiltIn: ['blip', 'rest'],
  },
  'pending-in-time': {
    title: () => 'pending in time',
    findings: ['never-pending', 'pending-late'],
    spoiltIn: ['breach', 'outage'],
  },
  'fires-on-time': {
    title: () => 'fires on time',
    findings: ['never-fired', 'fired-early', 'fired-late'],
    spoiltIn: ['breach', 'outage'],
  },
  told: {
    title: ({ receiver, status }) =>
      status === 'firing' ? `${receiver} told` : `${receiver} told of the end`,
    findings: ['not-received', 'resolution-not-received', 'received-late'],
  },
  'notification-content': {
    title: () => 'text, labels and severity',
    findings: ['wrong-severity', 'wrong-labels', 'wrong-text'],
  },
  'resolves-in-time': {
    title: () => 'resolves in time',
    findings: ['not-resolved'],
    spoiltIn: ['recovery', 'return'],
  },
  'follower-inhibited': { title: () => 'follower inhibited', findings: ['not-inhibited'] },
  'told-by-silence': { title: () => 'told by silence', findings: ['silence-not-kept'] },
  'nothing-unexpected': {
    title: () => 'nothing unexpected',
    findings: ['unexpected-notification', 'unexpected-alert'],
  },

  scraped: { title: () => 'scraped', findings: ['target-not-scraped'] },
  exported: { title: () => 'exported', findings: ['metric-missing'] },
  type: { title: () => 'type', findings: ['metric-wrong-type'] },
  labels: { title: () => 'labels', findings: ['metric-wrong-labels'] },
  'series-bounded': { title: () => 'series bounded', findings: ['too-many-series'] },
  'route-templates': { title: () => 'route templates', findings: ['raw-path-in-label'] },
  'only-its-owners': { title: () => 'only its owners', findings: ['metric-foreign'] },
  'equals-counts': { title: () => "equals k6's counts", findings: ['count-differs'] },
  'quantiles-in-buckets': {
    title: () => "quantiles in k6's buckets",
    findings: ['quantile-differs'],
  },
  'equals-truth': { title: ({ known }) => `equals ${known}`, findings: ['value-differs'] },

  'has-data': {
    title: () => 'has data',
    findings: ['panel-error', 'panel-no-data', 'panel-lacks-job', 'panel-not-empty'],
  },
  legend: {
    title: () => 'legend',
    findings: ['panel-legend-not-distinct', 'panel-legend-names-nothing'],
  },
  'unit-and-range': { title: () => 'unit and range', findings: ['panel-out-of-range'] },
  'shows-truth': {
    title: ({ refId }) => (refId === null ? 'shows the truth' : `shows the truth (${refId})`),
    findings: ['panel-value-differs'],
  },
  'quiet-when-well': { title: () => 'quiet when all is well', findings: ['grafana-alert-fires'] },

  'grafana-is-healthy': { title: () => 'Grafana is healthy', findings: ['grafana-unhealthy'] },
  'grafana-reaches': {
    title: () => 'Grafana reaches it',
    findings: ['grafana-data-source-differs', 'grafana-data-source-unreachable'],
  },
  'grafana-has': {
    title: () => 'Grafana has it',
    findings: ['grafana-dashboard-missing', 'grafana-dashboard-differs'],
  },
  'grafana-answers': {
    title: () => 'Grafana answers',
    findings: ['grafana-query-fails', 'grafana-value-differs'],
  },
  'grafana-evaluates': {
    title: () => 'Grafana evaluates it',
    findings: ['grafana-alert-unhealthy', 'grafana-alert-fires'],
  },
  'browser-shows': {
    title: () => 'a browser shows it',
    findings: ['grafana-panel-error', 'grafana-panel-no-data'],
  },
} as const satisfies {
  [K in ExpectationKind]: KindFacts<Extract<Expectation, { kind: K }>>;
};

/** The findings that an expectation of this kind may give. */
export type FindingOf<K extends ExpectationKind> =
  (typeof EXPECTATION_KINDS)[K]['findings'][number] | 'could-not-judge';

/** What is known of an expectation's kind. */
function factsOf<E extends Expectation>({ kind }: E): KindFacts<E> {
  // The table has each kind's own facts under its name; the compiler can't follow a union there.
  return EXPECTATION_KINDS[kind] as unknown as KindFacts<E>;
}

/** What is expected, in words: `fires on time`. */
export function titleOf(expectation: Expectation): string {
  return factsOf(expectation).title(expectation);
}

/** Of what, and what: `TargetDown/redis: fires on time`. No two expectations of a run share it. */
export function nameOf(expectation: Expectation): string {
  return `${subjectId(expectation.subject)}: ${titleOf(expectation)}`;
}

/** The phases in which the machine may have spoilt it; undefined: in any of its track's. */
export function spoiltIn(expectation: Expectation): readonly Phase[] | undefined {
  return factsOf(expectation).spoiltIn;
}
