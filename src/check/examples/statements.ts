import { parseExpr } from '../../promql/parse.ts';
import type { Dashboard, Target } from '../../stack/dashboards/index.ts';
import { askedQuery } from '../../stack/panel-query.ts';
import type { Choice } from '../../stack/panel-query.ts';
import type { Example, PanelReading, Reading } from './read.ts';

/** What one query of a panel must show in an example, with one choice of the variables. */
export interface Statement {
  /** Number within all tests: promtool's output tells it. */
  id: number;
  example: Example;
  reading: PanelReading;
  target: Target;
  chosen: Choice;
  reads: Reading;
  /** As it is asked, for any text that stands in the target's place. */
  asks: (expr: string) => string | undefined;
  /** For people: `in the example busy, with job="api"`. */
  says: string;
}

/** Where a reading's query stands; undefined where no dashboard has it. */
export function targetOf(
  { dashboard, panel, refId }: PanelReading,
  dashboards: Dashboard[],
): { dashboard: Dashboard; target: Target } | undefined {
  const found = dashboards.find(({ title }) => title === dashboard);
  const targets = found?.panels.find(({ title }) => title === panel)?.targets ?? [];
  const target = refId === undefined ? targets[0] : targets.find((t) => refIdOf(t) === refId);
  return found && target?.expression && (refId !== undefined || targets.length === 1)
    ? { dashboard: found, target }
    : undefined;
}

/** Grafana calls the first query A where the file doesn't say. */
export function refIdOf({ refId }: Target): string {
  return refId ?? 'A';
}

/**
 * Everything that examples say of panels: each reading as it is written, and, for a variable whose
 * label all series of the reading have, with each of its values chosen: then exactly those series
 * are shown, by a query that has forgotten the variable too.
 */
export function statementsOf(
  examples: Example[],
  dashboards: Dashboard[],
  scrapeMs: number,
  nextId: () => number,
): Statement[] {
  return examples.flatMap((example) =>
    example.readings.flatMap((reading) => {
      const place = targetOf(reading, dashboards);
      if (!place) return [];
      const { dashboard, target } = place;
      const of = (chosen: Choice, reads: Reading): Statement => ({
        ...{ id: nextId(), example, reading, target, chosen, reads },
        asks: (expr) => askedQuery(expr, dashboard, scrapeMs, chosen),
        says: `in the example ${example.name}${choiceText(chosen)}`,
      });
      return [
        of(reading.chosen, reading.reads),
        ...choicesOf(reading, dashboard).map(([chosen, reads]) => of(chosen, reads)),
      ];
    }),
  );
}

function choiceText(chosen: Choice): string {
  const texts = Object.entries(chosen).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return texts.length === 0 ? '' : `, with ${texts.join(', ')}`;
}

/** A choice of one value each, and what is left of a reading then. */
function choicesOf({ reads, chosen }: PanelReading, dashboard: Dashboard): [Choice, Reading][] {
  if (Object.keys(chosen).length > 0) return [];
  const series = Object.entries(reads).map(([key, value]) => ({
    ...{ key, value },
    labels: labelsIn(key),
  }));
  return dashboard.variables
    .filter(({ type }) => type === 'query')
    .flatMap(({ name }) => {
      const values = series.map(({ labels }) => labels.get(name));
      if (values.includes(undefined)) return [];
      return [...new Set(values)].map((value): [Choice, Reading] => [
        { [name]: value ?? '' },
        Object.fromEntries(
          series
            .filter(({ labels }) => labels.get(name) === value)
            .map((one) => [one.key, one.value]),
        ),
      ]);
    });
}

/** The labels of a series in PromQL's notation. */
function labelsIn(key: string): Map<string, string> {
  const parsed = parseExpr(key);
  return new Map(
    'expr' in parsed && parsed.expr.type === 'selector'
      ? parsed.expr.matchers.map(({ label, value }) => [label, value])
      : [],
  );
}
