import type { Panel } from './dashboards.ts';
import type { Expression } from './expression.ts';
import type { Value } from './source/value.ts';

/** A panel's queries in PromQL, by the name that Grafana gives each (A, B … where it has none). */
export function panelQueries({ targets }: Panel): { refId: string; query: Expression }[] {
  return targets.flatMap(({ value, expression }, i) => {
    const refId = value.get('refId').text() ?? String.fromCharCode(65 + (i % 26));
    return expression ? [{ refId, query: expression }] : [];
  });
}

/** Where a panel says its unit: today's way, or that of the old graph. */
export function panelUnit({ value }: Panel): Value {
  const today = value.at('fieldConfig', 'defaults', 'unit');
  const old = value.get('yaxes').items()[0]?.get('format');
  return !today.exists && old?.exists ? old : today;
}
