import { Expression } from '../expression.ts';
import type { Value } from '../source/value.ts';
import type { Panel, Target, Variable } from './model.ts';
import { headedParts } from './second-layout.ts';
import { typeOf } from './sources.ts';
import type { SourceTypes } from './sources.ts';

/**
 * Whether a dashboard is of Grafana's second schema (grafana.com/docs, "Dashboard JSON schema v2"):
 * panels are elements by name, and the layout says where each stands.
 */
export function isSecondSchema(board: Value): boolean {
  return board.get('elements').isMap && board.has('layout');
}

/** Its variables, those of rows and tabs too; the kind says what was the type before. */
export function variablesOfSecond(board: Value): Variable[] {
  return [board, ...headedParts(board.get('layout'))]
    .flatMap((part) => part.get('variables').items())
    .filter((variable) => variable.get('spec').isMap)
    .map((variable) => ({
      name: variable.at('spec', 'name').text() ?? '',
      type: (variable.get('kind').text() ?? 'Query').replace(/Variable$/, '').toLowerCase(),
      value: variable.get('spec'),
    }));
}

/** Its panels by the names of their elements; those of the library are written elsewhere. */
export function panelsOfSecond(board: Value, types: SourceTypes): Map<string, Panel> {
  return new Map(
    board
      .get('elements')
      .entries()
      .filter(({ value }) => value.get('kind').text() !== 'LibraryPanel' && value.get('spec').isMap)
      .map(({ key, value }) => [key, readPanel(value.get('spec'), types)]),
  );
}

function readPanel(value: Value, types: SourceTypes): Panel {
  const drawn = value.get('vizConfig');
  const title = value.get('title').text() ?? '';
  const typeValue = drawn.get('group').exists ? drawn.get('group') : drawn.get('kind');
  const type = typeValue.text() ?? '';
  return {
    value,
    title,
    type,
    typeValue,
    // Each query names its own.
    dataSource: value.get('datasource'),
    fieldConfig: drawn.at('spec', 'fieldConfig'),
    options: drawn.at('spec', 'options'),
    transformations: value
      .at('data', 'spec', 'transformations')
      .items()
      .flatMap((one) => one.get('group').text() ?? one.get('kind').text() ?? []),
    targets: value
      .at('data', 'spec', 'queries')
      .items()
      .map((query) => readTarget(query, { title, type }, types)),
    panels: [],
  };
}

function readTarget(
  query: Value,
  { title, type }: Pick<Panel, 'title' | 'type'>,
  types: SourceTypes,
): Target {
  const asked = query.at('spec', 'query');
  const value = asked.get('spec');
  const expr = value.get('expr');
  const dataSource = asked.get('datasource').exists
    ? asked.get('datasource')
    : query.at('spec', 'datasource');
  // The kind of query in v2alpha1, its group since v2beta1.
  const named = asked.get('group').text() ?? asked.get('kind').text();
  const isPrometheus = (named || typeOf(dataSource, types)) === 'prometheus';
  return {
    value,
    refId: query.at('spec', 'refId').text(),
    expression:
      isPrometheus && (expr.text() ?? '').trim() !== ''
        ? new Expression(expr, 'panel', `panel "${title}"`, { panelType: type })
        : undefined,
    dataSource,
    legend: value.get('legendFormat'),
    instant: value.get('instant').isTrue() && !value.get('range').isTrue(),
  };
}
