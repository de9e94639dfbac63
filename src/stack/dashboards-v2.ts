import type { Panel, Target } from './dashboards.ts';
import { Expression } from './expression.ts';
import type { Value } from './source/value.ts';

/**
 * Whether a dashboard is of Grafana's second schema (grafana.com/docs, "Dashboard JSON schema v2"):
 * panels are elements by name, and the layout says where each stands.
 */
export function isSecondSchema(board: Value): boolean {
  return board.get('elements').isMap && board.has('layout');
}

/** Its variables: the kind says what the first schema has as the type. */
export function variablesOfSecond(board: Value): { name: string; type: string; value: Value }[] {
  return board
    .get('variables')
    .items()
    .filter((variable) => variable.get('spec').isMap)
    .map((variable) => ({
      name: variable.at('spec', 'name').text() ?? '',
      type: (variable.get('kind').text() ?? 'Query').replace(/Variable$/, '').toLowerCase(),
      value: variable.get('spec'),
    }));
}

/** The type of data source that a query of the second schema names, and the source itself. */
export interface QuerySource {
  type: string | undefined;
  source: Value;
}

/** Its panels, with nothing of where each stands. */
export function panelsOfSecond(
  board: Value,
  isPrometheus: (asked: QuerySource) => boolean,
): Panel[] {
  return board
    .get('elements')
    .entries()
    .filter(({ value }) => value.get('kind').text() !== 'LibraryPanel' && value.get('spec').isMap)
    .map(({ value: element }) => {
      const value = element.get('spec');
      const drawn = value.get('vizConfig');
      const title = value.get('title').text() ?? '';
      const type = drawn.get('group').text() ?? drawn.get('kind').text() ?? '';
      return {
        value,
        title,
        type,
        fieldConfig: drawn.at('spec', 'fieldConfig'),
        options: drawn.at('spec', 'options'),
        transformations: value
          .at('data', 'spec', 'transformations')
          .items()
          .flatMap((one) => one.get('group').text() ?? one.get('kind').text() ?? []),
        targets: value
          .at('data', 'spec', 'queries')
          .items()
          .map((query) => targetOf(query, { title, type }, isPrometheus)),
        panels: [],
      };
    });
}

function targetOf(
  query: Value,
  { title, type }: Pick<Panel, 'title' | 'type'>,
  isPrometheus: (asked: QuerySource) => boolean,
): Target {
  const asked = query.at('spec', 'query');
  const value = asked.get('spec');
  const expr = value.get('expr');
  const source = asked.get('datasource').exists
    ? asked.at('datasource', 'name')
    : query.at('spec', 'datasource');
  const named = asked.get('group').text() ?? asked.get('kind').text();
  const isPromql =
    (expr.text() ?? '').trim() !== '' && isPrometheus({ type: named || undefined, source });
  return {
    value,
    expression: isPromql
      ? new Expression(expr, 'panel', `panel "${title}"`, { panelType: type })
      : undefined,
    dataSource: source,
    legend: value.get('legendFormat'),
    instant: value.get('instant').isTrue() && !value.get('range').isTrue(),
  };
}
