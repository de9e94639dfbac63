import { Expression } from '../expression.ts';
import type { Value } from '../source/value.ts';
import type { Lookup, Variable } from './model.ts';
import { asksPrometheus } from './sources.ts';
import type { SourceTypes } from './sources.ts';

/**
 * What a variable's query asks Prometheus (grafana.com/docs, "Query variable"): the series of a
 * label's values, or an expression.
 */
const LABEL_VALUES = /^(\s*label_values\(\s*)(.+?)\s*,\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*\)\s*$/s;
const QUERY_RESULT = /^(\s*query_result\()(.+)\)\s*$/s;

/** Where a variable's query is written, in either schema. */
export function variableQuery(variable: Value): Value {
  const query = variable.get('query');
  if (!query.isMap) return query;
  const spec = query.get('spec');
  if (!spec.isMap) return query.get('query');
  return spec.has('query') ? spec.get('query') : spec.get('__legacyStringValue');
}

/** Where a variable names its data source: in the second schema its query does. */
export function sourceOfVariable(variable: Value): Value {
  const own = variable.get('datasource');
  return own.exists ? own : variable.at('query', 'datasource');
}

/** What the variables of a dashboard look up in Prometheus. */
export function lookupsOf(variables: Variable[], types: SourceTypes): Lookup[] {
  return variables
    .filter(({ type }) => type === 'query')
    .flatMap(({ name, value }) => {
      const query = variableQuery(value);
      const text = query.text() ?? '';
      const asked = LABEL_VALUES.exec(text) ?? QUERY_RESULT.exec(text);
      if (!asked) return [];
      const [, before = '', inner = '', label] = asked;
      const stretch = { from: before.length, to: before.length + inner.length };
      const expression = new Expression(query, 'variable', `variable ${name}`, { stretch });
      if (!asksPrometheus(sourceOfVariable(value), expression, types)) return [];
      const labelAt = label === undefined ? -1 : text.lastIndexOf(label);
      return [
        {
          expression,
          label: label === undefined ? undefined : { name: label, from: labelAt },
          query,
        },
      ];
    });
}
