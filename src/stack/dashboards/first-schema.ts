import { Expression } from '../expression.ts';
import type { Value } from '../source/value.ts';
import type { Layout, Panel, Placed, Target, Variable } from './model.ts';
import { asksPrometheus, isDecidedByTargets } from './sources.ts';
import type { SourceTypes } from './sources.ts';

/** The variables of a dashboard of the first schema. */
export function variablesOfFirst(root: Value): Variable[] {
  return root
    .at('templating', 'list')
    .items()
    .filter((v) => v.isMap)
    .map((value) => ({
      name: value.get('name').text() ?? '',
      type: value.get('type').text() ?? 'query',
      value,
    }));
}

/** Its panels, those of rows too. */
export function panelsOfFirst(root: Value, types: SourceTypes): Panel[] {
  return [...root.get('panels').items(), ...oldRows(root).flat()]
    .filter((v) => v.isMap)
    .map((v) => readPanel(v, types))
    .flatMap((panel) => [panel, ...panel.panels]);
}

/** The panels of each row, as dashboards had them before there was a grid. */
function oldRows(root: Value): Value[][] {
  return root
    .get('rows')
    .items()
    .map((row) => row.get('panels').items());
}

function readPanel(value: Value, types: SourceTypes): Panel {
  const title = value.get('title').text() ?? '';
  const own = value.get('datasource');
  const type = value.get('type').text() ?? '';
  return {
    value,
    title,
    type,
    typeValue: value.get('type'),
    dataSource: own,
    fieldConfig: value.get('fieldConfig'),
    options: value.get('options'),
    transformations: value
      .get('transformations')
      .items()
      .flatMap((one) => one.get('id').text() ?? []),
    targets: value
      .get('targets')
      .items()
      .filter((v) => v.isMap)
      .map((target) => readTarget(target, { title, type, dataSource: own }, types)),
    panels: value
      .get('panels')
      .items()
      .filter((v) => v.isMap)
      .map((v) => readPanel(v, types)),
  };
}

function readTarget(
  target: Value,
  panel: Pick<Panel, 'title' | 'type' | 'dataSource'>,
  types: SourceTypes,
): Target {
  const expr = target.get('expr');
  const dataSource =
    target.get('datasource').exists && isDecidedByTargets(panel.dataSource)
      ? target.get('datasource')
      : panel.dataSource;
  const query =
    (expr.text() ?? '').trim() === ''
      ? undefined
      : new Expression(expr, 'panel', `panel "${panel.title}"`, { panelType: panel.type });
  return {
    value: target,
    refId: target.get('refId').text(),
    expression: query && asksPrometheus(dataSource, query, types) ? query : undefined,
    dataSource,
    legend: target.get('legendFormat'),
    instant: target.get('instant').isTrue() && !target.get('range').isTrue(),
  };
}

/** Where they stand: all in one grid, but for what a collapsed row holds. */
export function layoutOfFirst(root: Value, panels: Panel[]): Layout {
  const nested = new Set(panels.flatMap((panel) => panel.panels));
  const top = panels.filter((panel) => !nested.has(panel));
  return {
    grids: [top, ...panels.map((panel) => panel.panels)].map((group) => group.flatMap(placed)),
    rows: rowsOf(root, panels, top),
    unknown: [],
    unplaced: [],
  };
}

function placed({ title, value }: Panel): Placed[] {
  const at = value.get('gridPos');
  const [x, y, width, height] = ['x', 'y', 'w', 'h'].map((key) => at.get(key).number());
  return x === undefined || y === undefined || width === undefined || height === undefined
    ? []
    : [{ title, value: at, x, y, width, height }];
}

/**
 * The panels between one row and the next, as they lie on the page: the row tells them apart from
 * those of others.
 */
function rowsOf(root: Value, panels: Panel[], top: Panel[]): Panel[][] {
  const old = oldRows(root);
  if (old.length > 0)
    return old.map((row) => {
      const within = new Set(row.map(({ node }) => node));
      return panels.filter(({ value }) => within.has(value.node));
    });
  const rows: Panel[][] = [[]];
  const height = ({ value }: Panel): number => value.at('gridPos', 'y').number() ?? 0;
  for (const panel of top.toSorted((a, b) => height(a) - height(b)))
    if (panel.type === 'row') rows.push([...panel.panels]);
    else rows.at(-1)?.push(panel);
  return rows;
}
