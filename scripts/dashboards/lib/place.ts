import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';

/** Grafana's grid is 24 columns wide; a row of it is about 38 px high. */
export const COLUMNS = 24;
export const STAT_HEIGHT = 4;
export const GRAPH_HEIGHT = 8;

/** Left to right, then top to bottom: columns and rows from the upper left corner. */
export function place(x: number, y: number, w: number, h: number): GridPos {
  return { x, y, w, h };
}
