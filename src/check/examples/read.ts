import { parseDurationMs } from '../../lib/duration.ts';
import type { Choice } from '../../stack/panel-query.ts';
import type { Place, Value } from '../../stack/source/value.ts';
import type { Stack } from '../../stack/index.ts';

/** Series that a panel shows: their values, by their labels in PromQL's notation. */
export type Reading = Readonly<Record<string, number>>;

/** What one query of a panel shows in an example. */
export interface PanelReading {
  dashboard: string;
  panel: string;
  /** Undefined: the panel's one query. */
  refId: string | undefined;
  /** What is chosen at the top; nothing: as the dashboard opens. */
  chosen: Choice;
  reads: Reading;
  place: Place;
}

/** A made-up world, and what panels show at its end. */
export interface Example {
  name: string;
  /** How long the world has lasted, ms. */
  afterMs: number;
  /** Series in promtool's notation, one value for each scrape from the beginning on. */
  series: { series: string; values: string }[];
  readings: PanelReading[];
}

const DEFAULT_AFTER_MS = 3_600_000;

/** The examples of the contract; what isn't understood of one is left to the contract's schema. */
export function readExamples({ contract }: Stack): Example[] {
  return (contract?.root.get('examples').entries() ?? []).map(({ key, value }) => ({
    name: key,
    afterMs: parseDurationMs(value.get('after').text() ?? '') ?? DEFAULT_AFTER_MS,
    series: value
      .get('series')
      .entries()
      .map((one) => ({ series: one.key, values: one.value.text() ?? '' })),
    readings: [
      ...panelReadings(value.get('reads'), {}),
      ...value
        .get('chosen')
        .items()
        .flatMap((choice) => panelReadings(choice.get('reads'), choiceIn(choice.get('values')))),
    ],
  }));
}

function choiceIn(values: Value): Choice {
  return Object.fromEntries(
    values.entries().map(({ key, value }) => [key, value.text() ?? ''] as const),
  );
}

function panelReadings(dashboards: Value, chosen: Choice): PanelReading[] {
  return dashboards.entries().flatMap(({ key: dashboard, value: panels }) =>
    panels.entries().flatMap(({ key: panel, value }) => {
      const of = (refId: string | undefined, reads: Value): PanelReading => ({
        ...{ dashboard, panel, refId, chosen, place: value.keyPlace },
        reads: readingIn(reads),
      });
      const refIds = value.entries().filter(({ key }) => !key.startsWith('{'));
      return refIds.length === 0
        ? [of(undefined, value)]
        : refIds.map(({ key, value: reads }) => of(key, reads));
    }),
  );
}

function readingIn(map: Value): Reading {
  return Object.fromEntries(
    map.entries().map(({ key, value }) => [key, value.number() ?? NaN] as const),
  );
}
