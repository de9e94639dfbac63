import type { Reading } from './reads.ts';
import { takesSeries } from './reads.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Notified } from './alert-relabelling.ts';
import type { Inhibition } from '../../stack/alertmanager.ts';
import { passes } from '../../promql/matchers.ts';

/** What of a planned alert may touch another. */
export interface Footprint {
  readings: Reading[];
  series: { metric: string; labels: Labels }[];
  /** Addresses of the targets that it takes down. */
  downs: string[];
  /** Addresses of all that it is on. */
  targets: string[];
  /** Labels of what it gives, without those of the rule. */
  result: Labels;
  name: string;
  /** The alert as Alertmanager gets it. */
  alert: Notified;
}

/** Whether two alerts must not be provoked at the same time. */
export function conflict(a: Footprint, b: Footprint, inhibitions: Inhibition[]): boolean {
  return (
    reaches(a, b) ||
    reaches(b, a) ||
    a.downs.some((target) => b.targets.includes(target)) ||
    b.downs.some((target) => a.targets.includes(target)) ||
    maybeOne(a, b) ||
    inhibitions.some((rule) => inhibits(rule, a.alert, b.alert) || inhibits(rule, b.alert, a.alert))
  );
}

/**
 * Whether series of `b` come into the very result that `a` is about: those of other label values
 * make another one.
 */
function reaches(a: Footprint, b: Footprint): boolean {
  return b.series.some(
    ({ metric, labels }) =>
      a.readings.some((reading) => takesSeries(reading, metric, labels)) &&
      Object.entries(a.result).every(
        ([label, value]) => labels[label] === undefined || labels[label] === value,
      ),
  );
}

/**
 * Whether two rules may give what nobody could tell apart: then it has to be another time at which
 * each is seen.
 */
function maybeOne(a: Footprint, b: Footprint): boolean {
  const names = new Set([a, b].flatMap(({ alert }) => Object.keys(alert.labels)));
  return a.name === b.name && [...names].every((name) => maybeEqual(a.alert, b.alert, name));
}

function maybeEqual(a: Notified, b: Notified, label: string): boolean {
  return a.isOpen(label) || b.isOpen(label) || (a.labels[label] ?? '') === (b.labels[label] ?? '');
}

/**
 * Alertmanager's rule: a missing label is an empty one, on both sides (inhibit/inhibit.go). What
 * isn't known of an alert may be equal.
 */
export function inhibits(rule: Inhibition, source: Notified, target: Notified): boolean {
  return (
    takes(rule.source, source) &&
    takes(rule.target, target) &&
    rule.equal.every(({ text }) => maybeEqual(source, target, text))
  );
}

/** Whether matchers of an inhibition take an alert, or may. */
export function takes(matchers: Inhibition['source'], { labels, isOpen }: Notified): boolean {
  return matchers.every(
    (matcher) => isOpen(matcher.label) || (passes(matcher, labels[matcher.label] ?? '') ?? true),
  );
}
