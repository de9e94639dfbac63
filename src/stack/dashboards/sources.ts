import { selectors } from '../../promql/ast.ts';
import type { Expression } from '../expression.ts';
import type { Value } from '../source/value.ts';
import type { Variable } from './model.ts';

/** Types of the provisioned data sources, by uid and by name; the default's under an empty name. */
export type SourceTypes = ReadonlyMap<string, string>;

/** What a data source is called by: its uid, or in old dashboards its name. */
export function sourceName(source: Value): Value {
  if (!source.isMap) return source;
  return source.has('uid') || !source.has('name') ? source.get('uid') : source.get('name');
}

/**
 * Whether each query of a panel names its own data source: else Grafana takes the panel's for all
 * of them.
 */
export function isDecidedByTargets(panelSource: Value): boolean {
  const named = sourceName(panelSource).text();
  return named === undefined || named === '' || named === '-- Mixed --';
}

/** The types that are known, those of what the dashboard itself lets people choose too. */
export function knownTypes(root: Value, variables: Variable[], sources: SourceTypes): SourceTypes {
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
  return new Map([
    ...sources,
    ...[...inputs, ...chosen].flatMap(
      ([name, type]) =>
        [
          [`$${name}`, type],
          [`\${${name}}`, type],
        ] as const,
    ),
  ]);
}

/** Whether a query is one of Prometheus's. */
export function asksPrometheus(source: Value, query: Expression, types: SourceTypes): boolean {
  const type = typeOf(source, types);
  return type === undefined ? seemsPromql(source, query) : type === 'prometheus';
}

/**
 * Whether a query of a data source that nobody here knows is PromQL: it names metrics, which LogQL
 * has no words for.
 */
function seemsPromql(source: Value, { expr }: Expression): boolean {
  const named = sourceName(source).text();
  if (named === undefined || /loki|log/i.test(named) || !expr) return false;
  const asked = selectors(expr);
  return asked.length > 0 && asked.every(({ name }) => name !== undefined);
}

/**
 * The type of a panel's data source: its own word, or that of what it names; what names none has
 * the default.
 */
export function typeOf(source: Value, types: SourceTypes): string | undefined {
  const named = sourceName(source).text();
  return (
    source.get('type').text() ??
    types.get(named ?? '') ??
    (named === undefined && types.size === 0 ? 'prometheus' : undefined)
  );
}
