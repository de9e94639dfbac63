import type { SourceFile } from '../source/source-file.ts';
import type { Value } from '../source/value.ts';
import { layoutOfFirst, panelsOfFirst, variablesOfFirst } from './first-schema.ts';
import { lookupsOf } from './lookups.ts';
import type { Dashboard, Panel } from './model.ts';
import { layoutOfSecond } from './second-layout.ts';
import { isSecondSchema, panelsOfSecond, variablesOfSecond } from './second-schema.ts';
import { knownTypes } from './sources.ts';
import type { SourceTypes } from './sources.ts';

export type { Dashboard, Panel, Target } from './model.ts';
export { sourceOfVariable, variableQuery } from './lookups.ts';
export { isDecidedByTargets, knownTypes, sourceName, typeOf } from './sources.ts';
export type { SourceTypes } from './sources.ts';

/**
 * Whether a document is a dashboard, by its shape; in YAML other things have rows and panels too.
 */
export function isDashboard(root: Value): boolean {
  const { board } = unwrap(root);
  const isTitled = board.has('title');
  if ((board.has('schemaVersion') || isSecondSchema(board)) && isTitled) return true;
  return (
    (root.file.kind === 'json' || isTitled) &&
    (board.get('panels').isList || board.get('rows').isList)
  );
}

/** The dashboard itself: out of the envelope of the HTTP API, or of a resource of Grafana's. */
function unwrap(root: Value): { board: Value; envelope: boolean; uid: Value } {
  const of = (board: Value): { board: Value; uid: Value } => ({ board, uid: board.get('uid') });
  if (root.get('dashboard').isMap) return { ...of(root.get('dashboard')), envelope: true };
  if (root.has('kind') && root.get('spec').isMap)
    return { board: root.get('spec'), envelope: false, uid: root.at('metadata', 'name') };
  return { ...of(root), envelope: false };
}

/** Reads a dashboard of either schema. */
export function readDashboard(file: SourceFile, document: Value, sources: SourceTypes): Dashboard {
  const { board: root, envelope, uid } = unwrap(document);
  const schema = isSecondSchema(root) ? 2 : 1;
  const variables = schema === 2 ? variablesOfSecond(root) : variablesOfFirst(root);
  const types = knownTypes(root, variables, sources);
  const { panels, layout } = partsOf(root, schema, types);
  const lookups = lookupsOf(variables, types);
  return {
    file,
    root,
    envelope,
    document,
    schema,
    title: root.get('title').text() ?? '',
    uid,
    panels,
    layout,
    variables,
    lookups,
    expressions: [
      ...panels.flatMap((p) => p.targets.flatMap((t) => t.expression ?? [])),
      ...lookups.map(({ expression }) => expression),
    ],
  };
}

function partsOf(
  root: Value,
  schema: Dashboard['schema'],
  types: SourceTypes,
): Pick<Dashboard, 'panels' | 'layout'> {
  if (schema === 2) {
    const named = panelsOfSecond(root, types);
    return { panels: [...named.values()], layout: layoutOfSecond(root, named) };
  }
  const panels = panelsOfFirst(root, types);
  return { panels, layout: layoutOfFirst(root, panels) };
}

/** The names of what a dashboard that was exported for sharing asks for when it is imported. */
export function inputsOf({ root }: Dashboard): string[] {
  return root
    .get('__inputs')
    .items()
    .flatMap((input) => input.get('name').text() ?? []);
}

/** Calls `visit` with each panel of each dashboard. */
export function eachPanel(
  dashboards: Dashboard[],
  visit: (panel: Panel, dashboard: Dashboard) => void,
): void {
  for (const dashboard of dashboards) for (const panel of dashboard.panels) visit(panel, dashboard);
}
