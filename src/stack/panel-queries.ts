import type { Panel, Target } from './dashboards/index.ts';
import type { Expression } from './expression.ts';
import type { Value } from './source/value.ts';

/** A panel's targets, each with the name that Grafana gives it (A, B … where it has none). */
export function refIds({ targets }: Panel): [refId: string, target: Target][] {
  return targets.map((target, i) => [target.refId ?? String.fromCharCode(65 + (i % 26)), target]);
}

/** A panel's queries in PromQL, by the same names. */
export function panelQueries(panel: Panel): { refId: string; query: Expression }[] {
  return refIds(panel).flatMap(([refId, { expression }]) =>
    expression ? [{ refId, query: expression }] : [],
  );
}

/** Where a panel says its unit: today's way, or that of the old graph. */
export function panelUnit({ value, fieldConfig }: Panel): Value {
  const today = fieldConfig.at('defaults', 'unit');
  const old = value.get('yaxes').items()[0]?.get('format');
  return !today.exists && old?.exists ? old : today;
}
