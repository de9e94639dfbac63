import type { Curves } from './curves.ts';
import type { Look } from './look.ts';

/** A stretch of time that is tinted, seconds of the run; the colour is a variable of the styles. */
export interface ChartBand {
  name: string;
  color: string;
  from: number;
  to: number;
}

/** What the page's script draws one graph from. */
export interface ChartData {
  unit: string;
  decimals: number | null;
  min: number | null;
  max: number | null;
  /** Where the axis of time begins and ends, seconds of the run. */
  start: number;
  end: number;
  /** The stack's own seconds in one second of the run. */
  speed: number;
  /** Lines across; `always`: also where the curve doesn't come near it. */
  limits: { value: number; color: string; always?: boolean }[];
  /** Stretches of time that are tinted. */
  bands: ChartBand[];
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
    start: 0,
    end: axis.lengthMs / 1000,
    speed: axis.speed,
    limits: look.thresholds.flatMap(({ value, color }) =>
      value === null ? [] : [{ value, color }],
    ),
    bands: [],
    times,
    curves: curves.map(({ name, values, low, high }) => ({ name, values, low, high })),
  };
}
