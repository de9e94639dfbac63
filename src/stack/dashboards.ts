import { selectors } from '../promql/ast.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';
import { isSecondSchema, panelsOfSecond, variablesOfSecond } from './dashboards-v2.ts';
import { Expression } from './expression.ts';

export interface Target {
  value: Value;
  expression: Expression | undefined;
  /** What the query is answered by: its own, or its panel's. */
  dataSource: Value;
  legend: Value;
  /** Only the newest value is asked for. */
  instant: boolean;
}

export interface Panel {
  value: Value;
  title: string;
  type: string;
  fieldConfig: Value;
  options: Value;
  /** The ids of its transformations. */
  transformations: string[];
  targets: Target[];
  /** Panels of a collapsed row. */
  panels: Panel[];
}

/** One dashboard, as far as it can be read. */
export interface Dashboard {
  file: SourceFile;
  /** The dashboard itself, within the HTTP API's envelope if there is one. */
  root: Value;
  envelope: boolean;
  /** The whole document. */
  document: Value;
  title: string;
  /** All panels, those in rows too; none of a dashboard of the second schema. */
  panels: Panel[];
  /** Those of a dashboard of the second schema, whose layout isn't read. */
  elements: Panel[];
  variables: { name: string; type: string; value: Value }[];
  expressions: Expression[];
}

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

/** Whether a dashboard is of Grafana's second schema, whose layout isn't read. */
export function isOfSecondSchema(root: Value): boolean {
  return isSecondSchema(unwrap(root).board);
}

/** The dashboard itself: out of the envelope of the HTTP API, or of a resource of Grafana's. */
function unwrap(root: Value): { board: Value; envelope: boolean } {
  if (root.get('dashboard').isMap) return { board: root.get('dashboard'), envelope: true };
  if (root.has('kind') && root.get('spec').isMap)
    return { board: root.get('spec'), envelope: false };
  return { board: root, envelope: false };
}

/** Types of the provisioned data sources, by uid and by name; the default's under an empty name. */
export type SourceTypes = ReadonlyMap<string, string>;

export function readDashboard(file: SourceFile, document: Value, sources: SourceTypes): Dashboard {
  const { board: root, envelope } = unwrap(document);
  const variables = isSecondSchema(root) ? variablesOfSecond(root) : variablesOf(root);
  const chosen = variables
    .filter((v) => v.type === 'datasource')
    .map(
      ({ name, value }) =>
        [name, value.get('query').text() ?? value.get('pluginId').text() ?? ''] as const,
    );
  const inputs = root
    .get('__inputs')
    .items()
    .map((input) => [input.get('name').text() ?? '', input.get('pluginId').text() ?? ''] as const);
  const types = new Map([
    ...sources,
    ...[...inputs, ...chosen].flatMap(
      ([name, type]) =>
        [
          [`$${name}`, type],
          [`\${${name}}`, type],
        ] as const,
    ),
  ]);
  const isPrometheus = (source: Value, query: Expression): boolean => {
    const type = typeOf(source, types);
    return type === undefined ? seemsPromql(source, query) : type === 'prometheus';
  };
  const top = [
    ...root.get('panels').items(),
    ...root
      .get('rows')
      .items()
      .flatMap((row) => row.get('panels').items()),
  ]
    .filter((v) => v.isMap)
    .map((v) => readPanel(v, isPrometheus));
  const panels = top.flatMap((panel) => [panel, ...panel.panels]);
  const elements = panelsOfSecond(
    root,
    ({ type, source }) => (type ?? typeOf(source, types)) === 'prometheus',
  );
  return {
    file,
    root,
    envelope,
    document,
    title: root.get('title').text() ?? '',
    panels,
    variables,
    elements,
    expressions: [...panels, ...elements].flatMap((p) =>
      p.targets.flatMap((t) => t.expression ?? []),
    ),
  };
}

function variablesOf(root: Value): Dashboard['variables'] {
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

/** The panels of a dashboard of either schema: what they ask, and how they draw it. */
export function drawnPanels({ panels, elements }: Dashboard): Panel[] {
  return [...panels, ...elements];
}

function readPanel(
  value: Value,
  isPrometheus: (source: Value, query: Expression) => boolean,
): Panel {
  const title = value.get('title').text() ?? '';
  const own = value.get('datasource');
  const type = value.get('type').text() ?? '';
  const targets = value
    .get('targets')
    .items()
    .filter((v) => v.isMap)
    .map((target): Target => {
      const expr = target.get('expr');
      const dataSource =
        target.get('datasource').exists && isDecidedByTargets(own) ? target.get('datasource') : own;
      const query =
        (expr.text() ?? '').trim() === ''
          ? undefined
          : new Expression(expr, 'panel', `panel "${title}"`, { panelType: type });
      return {
        value: target,
        expression: query && isPrometheus(dataSource, query) ? query : undefined,
        dataSource,
        legend: target.get('legendFormat'),
        instant: target.get('instant').isTrue() && !target.get('range').isTrue(),
      };
    });
  return {
    value,
    title,
    type,
    fieldConfig: value.get('fieldConfig'),
    options: value.get('options'),
    transformations: value
      .get('transformations')
      .items()
      .flatMap((one) => one.get('id').text() ?? []),
    targets,
    panels: value
      .get('panels')
      .items()
      .filter((v) => v.isMap)
      .map((v) => readPanel(v, isPrometheus)),
  };
}

/**
 * Whether each query of a panel names its own data source: else Grafana takes the panel's for all
 * of them.
 */
export function isDecidedByTargets(panelSource: Value): boolean {
  const named = panelSource.isMap ? panelSource.get('uid').text() : panelSource.text();
  return named === undefined || named === '' || named === '-- Mixed --';
}

/**
 * Whether a query of a data source that nobody here knows is PromQL: it names metrics, which LogQL
 * has no words for.
 */
function seemsPromql(source: Value, { expr }: Expression): boolean {
  const named = source.isMap ? source.get('uid').text() : source.text();
  if (named === undefined || /loki|log/i.test(named) || !expr) return false;
  const asked = selectors(expr);
  return asked.length > 0 && asked.every(({ name }) => name !== undefined);
}

/**
 * The type of a panel's data source: its own word, or that of what it names; what names none has
 * the default.
 */
function typeOf(source: Value, types: SourceTypes): string | undefined {
  const named = source.isMap ? source.get('uid').text() : source.text();
  return (
    source.get('type').text() ??
    types.get(named ?? '') ??
    (named === undefined && types.size === 0 ? 'prometheus' : undefined)
  );
}
