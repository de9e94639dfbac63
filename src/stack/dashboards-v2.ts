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

/** Its panels' queries in PromQL. */
export function expressionsOfSecond(
  board: Value,
  isPrometheus: (asked: QuerySource) => boolean,
): Expression[] {
  return board
    .get('elements')
    .entries()
    .flatMap(({ value: element }) => {
      const panel = element.get('spec');
      const drawn = panel.get('vizConfig');
      const type = drawn.get('group').text() ?? drawn.get('kind').text() ?? '';
      const subject = `panel "${panel.get('title').text() ?? ''}"`;
      return panel
        .at('data', 'spec', 'queries')
        .items()
        .flatMap((query) => {
          const asked = query.at('spec', 'query');
          const expr = asked.at('spec', 'expr');
          const source = asked.get('datasource').exists
            ? asked.at('datasource', 'name')
            : query.at('spec', 'datasource');
          const named = asked.get('group').text() ?? asked.get('kind').text();
          const isQuery = (expr.text() ?? '').trim() !== '';
          return isQuery && isPrometheus({ type: named || undefined, source })
            ? [new Expression(expr, 'panel', subject, type)]
            : [];
        });
    });
}
