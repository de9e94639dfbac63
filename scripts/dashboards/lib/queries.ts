import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PromQueryFormat, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';

/** The uid that provisioning/datasources gives the data source. */
export const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };

export interface Query {
  /** PromQL; line breaks and indentation of the source are taken out. */
  expr: string;
  /** Grafana's legend: `{{label}}` stands for a label's value. */
  legend: string;
}

/** A target of a panel, over the dashboard's time range. `index` gives its letter: 0 is A. */
export function rangeTarget(query: Query, index: number): DataqueryBuilder {
  return target(query, index).range();
}

/** A target that asks for one moment: for what has no history, such as a pie. */
export function instantTarget(query: Query, index: number): DataqueryBuilder {
  return target(query, index).instant();
}

function target({ expr, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(DATASOURCE)
    .expr(oneLine(expr))
    .legendFormat(legend)
    .format(PromQueryFormat.TimeSeries)
    .editorMode(QueryEditorMode.Code);
}

export function oneLine(expr: string): string {
  return expr.trim().replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')');
}
