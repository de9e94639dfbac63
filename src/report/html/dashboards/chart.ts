import type { Curves } from './curves.ts';
import type { Look } from './look.ts';

/** What the page's script draws one graph from. */
export interface ChartData {
  unit: string;
  decimals: number | null;
  min: number | null;
  max: number | null;
  /** Where the axis of time ends, seconds of the run. */
  end: number;
  /** The stack's own seconds in one second of the run. */
  speed: number;
  limits: { value: number; color: string }[];
  times: number[];
  curves: {
    name: string;
    values: (number | null)[];
    low: (number | null)[] | null;
    high: (number | null)[] | null;
  }[];
}

/** A graph's data in the page. */
export function chartData(
  look: Look,
  unit: string,
  { times, curves }: Curves,
  axis: { lengthMs: number; speed: number },
): ChartData {
  return {
    unit,
    decimals: look.decimals,
    min: look.min,
    max: look.max,
    end: axis.lengthMs / 1000,
    speed: axis.speed,
    limits: look.thresholds.flatMap(({ value, color }) =>
      value === null ? [] : [{ value, color }],
    ),
    times,
    curves: curves.map(({ name, values, low, high }) => ({ name, values, low, high })),
  };
}
