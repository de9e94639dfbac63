import type { Series } from '../../../model/series.ts';
import type { GrafanaAnswer } from '../../../model/grafana-evidence.ts';
import type { PanelQuery } from '../../../model/dashboard-plan.ts';

/**
 * Both print a double and read it again; nothing else may lie between the two answers: of a value,
 * and around 0.
 */
const ROUNDING = 1e-9;
const NOTHING = 1e-12;

/** Where the two answers part, in words; undefined when they are the same. */
export function firstDifference(
  query: PanelQuery,
  { series, prometheus }: GrafanaAnswer,
): string | undefined {
  const [grafanas, own] = [bySeries(series ?? []), bySeries(prometheus ?? [])];
  for (const name of own.keys())
    if (!grafanas.has(name)) return `query ${query.refId}: Grafana has no series ${name}`;
  for (const [name, values] of grafanas) {
    const others = own.get(name);
    if (!others) return `query ${query.refId}: Prometheus has no series ${name}`;
    for (const at of [...new Set([...values.keys(), ...others.keys()])].sort((a, b) => a - b)) {
      const [one, other] = [values.get(at), others.get(at)];
      if (one === undefined || other === undefined || !isSame(one, other))
        return (
          `query ${query.refId}, ${name} at ${new Date(at).toISOString()}: ${text(one)} in ` +
          `Grafana, ${text(other)} in Prometheus`
        );
    }
  }
  return undefined;
}

/** Values by time, by the series' labels in one order. */
function bySeries(series: Series[]): Map<string, Map<number, number>> {
  return new Map(
    series.map(({ labels, samples }) => [
      JSON.stringify(
        Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
      ),
      new Map(samples),
    ]),
  );
}

function isSame(one: number, other: number): boolean {
  return (
    Object.is(one, other) ||
    one === other ||
    Math.abs(one - other) <= Math.max(NOTHING, ROUNDING * Math.max(Math.abs(one), Math.abs(other)))
  );
}

function text(value: number | undefined): string {
  return value === undefined ? 'nothing' : String(value);
}
