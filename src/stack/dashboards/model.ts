import type { Expression } from '../expression.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Value } from '../source/value.ts';

export interface Target {
  value: Value;
  /** What the panel calls it, where the file says. */
  refId: string | undefined;
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
  /** Where its type is named. */
  typeValue: Value;
  /** What all of its queries are answered by, where it says so. */
  dataSource: Value;
  fieldConfig: Value;
  options: Value;
  /** The ids of its transformations. */
  transformations: string[];
  targets: Target[];
  /** Panels of a collapsed row. */
  panels: Panel[];
}

export interface Variable {
  name: string;
  type: string;
  value: Value;
}

/** What a variable looks up in Prometheus. */
export interface Lookup {
  /** The series that it takes values from, or the expression that it takes for values. */
  expression: Expression;
  /** The label whose values are offered, and where in the query it stands. */
  label: { name: string; from: number } | undefined;
  query: Value;
}

/** Where one panel stands in a grid of 24 columns. */
export interface Placed {
  title: string;
  /** Where its place is written. */
  value: Value;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the panels stand. */
export interface Layout {
  /** What shares one grid: the whole dashboard, one row, one tab. */
  grids: Placed[][];
  /** Panels that one heading stands over. */
  rows: Panel[][];
  /** Of the second schema: what the layout names and no element is. */
  unknown: { name: string; value: Value }[];
  /** Of the second schema: elements that the layout doesn't name. */
  unplaced: { title: string; value: Value }[];
}

/** One dashboard, as far as it can be read. */
export interface Dashboard {
  file: SourceFile;
  /** The dashboard itself, within the HTTP API's envelope if there is one. */
  root: Value;
  envelope: boolean;
  /** The whole document. */
  document: Value;
  /** Of Grafana's first schema, or of the second, in which panels are elements by name. */
  schema: 1 | 2;
  title: string;
  /** The name by which links lead to it: a resource's is its metadata's. */
  uid: Value;
  /** All panels, those in rows too. */
  panels: Panel[];
  layout: Layout;
  variables: Variable[];
  lookups: Lookup[];
  /** Of panels and variables. */
  expressions: Expression[];
}
