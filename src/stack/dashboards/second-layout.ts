import type { Value } from '../source/value.ts';
import type { Layout, Panel, Placed } from './model.ts';

/** One place of a layout, and what stands over it. */
interface Shown {
  name: string;
  /** Where the element is named. */
  value: Value;
  /** Undefined where Grafana finds the place itself. */
  at: Omit<Placed, 'title'> | undefined;
}

/** What has one heading over it: a dashboard without rows, a row, a tab. */
type Area = Shown[];

/**
 * Where the elements of a dashboard of the second schema stand: in a grid, or in rows and tabs that
 * hold layouts themselves.
 * @param named its panels, by the name of their elements
 */
export function layoutOfSecond(board: Value, named: ReadonlyMap<string, Panel>): Layout {
  const elements = board.get('elements');
  const areas = areasOf(board.get('layout'));
  const shown = areas.flat();
  const names = new Set(shown.map(({ name }) => name));
  return {
    grids: areas.map((area) =>
      area.flatMap(({ name, at }) =>
        at ? [{ ...at, title: named.get(name)?.title ?? name }] : [],
      ),
    ),
    rows: areas.map((area) => area.flatMap(({ name }) => named.get(name) ?? [])),
    unknown: shown.filter(({ name }) => !elements.has(name)),
    unplaced: elements
      .entries()
      .filter(({ key }) => !names.has(key))
      .map(({ key, value }) => ({ title: value.at('spec', 'title').text() ?? key, value })),
  };
}

/** The rows and tabs of a layout, those within others too. */
export function headedParts(layout: Value): Value[] {
  const spec = layout.get('spec');
  return [...spec.get('rows').items(), ...spec.get('tabs').items()]
    .map((part) => part.get('spec'))
    .flatMap((part) => [part, ...headedParts(part.get('layout'))]);
}

function areasOf(layout: Value): Area[] {
  const spec = layout.get('spec');
  const parts = [...spec.get('rows').items(), ...spec.get('tabs').items()];
  if (parts.length > 0) return parts.flatMap((part) => areasOf(part.at('spec', 'layout')));
  const items = spec.get('items').items();
  // In v2alpha1 a grid has rows among its items, with the elements that stand in each.
  const inRows = items.map((item) => item.at('spec', 'elements').items().flatMap(shownAt));
  return [items.flatMap(shownAt), ...inRows.filter((row) => row.length > 0)];
}

function shownAt(item: Value): Shown[] {
  const value = item.at('spec', 'element', 'name');
  const name = value.text();
  return name === undefined ? [] : [{ name, value, at: placeOf(item.get('spec')) }];
}

function placeOf(spec: Value): Shown['at'] {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => spec.get(key).number());
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? undefined
    : { value: spec.get('x'), x, y, width, height };
}
