import type { Series } from '../model/series.ts';
import type { AlertingRule } from './rules.ts';

/**
 * What an alert's expression gave at one evaluation: the labels of each result; null: Prometheus
 * refused the query.
 */
export interface Evaluation {
  at: number;
  results: Record<string, string>[] | null;
}

interface Active {
  labels: Record<string, string>;
  activeAt: number;
  state: 'pending' | 'firing';
  /** Since when it is only kept firing. */
  keptSince: number | null;
}

/**
 * The states that a rule's results lead to, as Prometheus writes them (rules/alerting.go, `Eval`):
 * pending with the first result, firing once `for` has passed between evaluations, and with
 * `keep_firing_for` for a while without one. A query that is refused changes nothing and writes
 * nothing.
 * @param evaluations in the order of time
 * @returns series of `ALERTS`, as Prometheus has them
 */
export function alertStates(rule: AlertingRule, evaluations: Evaluation[]): Series[] {
  const active = new Map<string, Active>();
  const written = new Map<string, Series>();
  for (const { at, results } of evaluations) {
    if (results === null) continue;
    const now = new Map(results.map((result) => labelled(rule, result)));
    for (const [key, labels] of now)
      if (!active.has(key))
        active.set(key, { labels, activeAt: at, state: 'pending', keptSince: null });
    for (const [key, alert] of active) {
      if (!goesOn(rule, alert, now.has(key), at)) {
        active.delete(key);
        continue;
      }
      if (at - alert.activeAt >= rule.forMs) alert.state = 'firing';
      write(written, alert, at);
    }
  }
  return [...written.values()];
}

/** Whether an alert is active at this evaluation still. */
function goesOn(rule: AlertingRule, alert: Active, isThere: boolean, at: number): boolean {
  if (isThere) {
    alert.keptSince = null;
    return true;
  }
  if (alert.state !== 'firing' || rule.keepFiringForMs === 0) return false;
  alert.keptSince ??= at;
  return at - alert.keptSince < rule.keepFiringForMs;
}

function write(written: Map<string, Series>, { labels, state }: Active, at: number): void {
  const full = { ...labels, __name__: 'ALERTS', alertstate: state };
  const key = keyOf(full);
  const series: Series = written.get(key) ?? { labels: full, samples: [] };
  written.set(key, series);
  series.samples.push([at, 1]);
}

/**
 * The labels of an alert: those of the result without its name, then the rule's; an empty one is
 * none.
 */
function labelled(
  rule: AlertingRule,
  result: Record<string, string>,
): [string, Record<string, string>] {
  const all = { ...result, ...rule.labels, alertname: rule.name };
  const labels = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => name !== '__name__' && value !== ''),
  );
  return [keyOf(labels), labels];
}

/** The instances that results make active, each as the key of its labels. */
export function activeKeys(rule: AlertingRule, results: Record<string, string>[]): Set<string> {
  return new Set(results.map((result) => labelled(rule, result)[0]));
}

/** The same text for the same labels. */
export function keyOf(labels: Record<string, string>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
