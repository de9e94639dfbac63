/**
 * A place in a file of the stack: what every finding and every input error points at. Lines and
 * columns count from 1.
 */
export interface SourceRef {
  /** Path relative to the stack folder, e.g. `prometheus/alerts/system.yml`. */
  file: string;
  line: number;
  column: number;
}

/** `file:line:column`, the form that editors and terminals turn into a link. */
export function formatSource(source: SourceRef): string {
  return `${source.file}:${source.line}:${source.column}`;
}
