import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DATASOURCE } from './queries.ts';

/**
 * A choice of label values, several at once, all by default. To be used with `=~"$name"`: Grafana
 * makes a regular expression of several values, and `.+` of all, so that what appears later is
 * shown as well.
 */
export function labelVariable(
  name: string,
  title: string,
  selector: string,
  description: string,
): QueryVariableBuilder {
  const query = `label_values(${selector}, ${name})`;
  return new QueryVariableBuilder(name)
    .label(title)
    .description(description)
    .datasource(DATASOURCE)
    .query({ query, refId: `Variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}
