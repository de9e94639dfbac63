import type { SourceFile } from '../read/source-file.ts';
import type { Value } from '../read/value.ts';
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
  title: string;
  /** All panels, those in rows too. */
  panels: Panel[];
  variables: { name: string; type: string; value: Value }[];
  expressions: Expression[];
}

/** Whether a JSON file is a dashboard, by its shape. */
export function isDashboard(root: Value): boolean {
  const board = root.get('dashboard').isMap ? root.get('dashboard') : root;
  return board.get('panels').isList || board.get('rows').isList || (board.has('schemaVersion') && board.has('title'));
}

export function readDashboard(file: SourceFile): Dashboard {
  const envelope = file.root.get('dashboard').isMap;
  const root = envelope ? file.root.get('dashboard') : file.root;
  const top = [...root.get('panels').items(), ...root.get('rows').items().flatMap((row) => row.get('panels').items())].filter((v) => v.isMap).map(readPanel);
  const panels = top.flatMap((panel) => [panel, ...panel.panels]);
  const variables = root.at('templating', 'list').items().filter((v) => v.isMap).map((value) => ({ name: value.get('name').text() ?? '', type: value.get('type').text() ?? 'query', value }));
  return { file, root, envelope, title: root.get('title').text() ?? '', panels, variables, expressions: panels.flatMap((p) => p.targets.flatMap((t) => t.expression ?? [])) };
}

/** Calls `visit` with each panel of each dashboard. */
export function eachPanel(dashboards: Dashboard[], visit: (panel: Panel, dashboard: Dashboard) => void): void {
  for (const dashboard of dashboards) for (const panel of dashboard.panels) visit(panel, dashboard);
}

function readPanel(value: Value): Panel {
  const title = value.get('title').text() ?? '';
  const own = value.get('datasource');
  const type = value.get('type').text() ?? '';
  const targets = value.get('targets').items().filter((v) => v.isMap).map((target): Target => {
    const expr = target.get('expr');
    const dataSource = target.get('datasource').exists ? target.get('datasource') : own;
    const kind = dataSource.get('type').text();
    const isPromql = expr.text() !== undefined && expr.text()?.trim() !== '' && (kind === undefined || kind === 'prometheus');
    return { value: target, expression: isPromql ? new Expression(expr, 'panel', `panel "${title}"`, type) : undefined, dataSource, legend: target.get('legendFormat'), instant: target.get('instant').isTrue() && !target.get('range').isTrue() };
  });
  return { value, title, type, targets, panels: value.get('panels').items().filter((v) => v.isMap).map(readPanel) };
}
