import type { PanelPlan } from '../../../model/dashboard-plan.ts';
import type { HtmlInput } from '../input.ts';
import { rounded, thinned } from '../thin.ts';

/** More curves than this in one panel are a carpet. */
const MOST_CURVES = 24;

/** A panel's data as it is drawn: all curves over the same times; null is a gap. */
export interface Curves {
  /** Seconds of the run. */
  times: number[];
  curves: Curve[];
  /** How many more there were. */
  leftOut: number;
}

export interface Curve {
  name: string;
  values: (number | null)[];
  /**
   * What the truth allowed at the same times; null where nobody knows it. Null for a curve that
   * nothing is known of.
   */
  low: (number | null)[] | null;
  high: (number | null)[] | null;
  /** The last value that was a number, and the greatest. */
  last: number | null;
  max: number | null;
}

/** A curve as it was recorded: values by ms after T0, and what the truth allowed. */
export interface Points {
  name: string;
  values: Map<number, number>;
  allowed: Allowed[];
}

/** What the truth allowed in a stretch of time, ms after T0. */
type Allowed = [from: number, to: number, low: number, high: number];

/** A panel's answers and the truth beside them. */
export function curvesOf(input: HtmlInput, panel: PanelPlan): Curves {
  const t0 = input.evidence.t0 ?? input.evidence.startedAt;
  const all = panel.queries.flatMap((query) => {
    const key = `${panel.id} ${query.refId}`;
    return (input.evidence.panels[key]?.series ?? []).map((series, i): Points => ({
      name: legendOf(query.legend, series.labels),
      values: new Map(series.samples.map(([at, value]) => [at - t0, value])),
      allowed: (input.comparisons[key]?.[i] ?? []).map(([from, to, low, high]): Allowed => [
        from - t0,
        to - t0,
        low,
        high,
      ]),
    }));
  });
  return drawn(all);
}

/** Several curves on common times, thinned out to what a screen shows. */
export function drawn(all: Points[]): Curves {
  const shown = all.slice(0, MOST_CURVES);
  // The truth of a slot has times of its own: where a curve has no point, it isn't interrupted, it
  // just has none.
  const times = [
    ...new Set(
      shown.flatMap((c) => [
        ...c.values.keys(),
        ...gapsIn(c.values),
        ...c.allowed.flatMap(([from, to]) => [from, to]),
      ]),
    ),
  ].sort((a, b) => a - b);
  const values = shown.map((c) => filled(times, c.values));
  const kept = thinned(times, values);
  return {
    times: kept.map((i) => Number(((times[i] ?? 0) / 1000).toFixed(2))),
    leftOut: all.length - shown.length,
    curves: shown.map((c, n) => {
      const pick = (list: (number | null)[]): (number | null)[] =>
        kept.map((i) => rounded(list[i]));
      const numbers = [...c.values.values()].filter(Number.isFinite);
      return {
        name: c.name,
        values: pick(values[n] ?? []),
        low: c.allowed.length === 0 ? null : pick(edge(times, c.allowed, 2)),
        high: c.allowed.length === 0 ? null : pick(edge(times, c.allowed, 3)),
        last: rounded(numbers.at(-1)),
        max: numbers.length === 0 ? null : rounded(Math.max(...numbers)),
      };
    }),
  };
}

/**
 * The curve's values at all times; between two of its own points that are near each other, on the
 * line between them.
 */
function filled(times: number[], own: Map<number, number>): (number | null)[] {
  const at = rising(own);
  const step = stepOf(at);
  let next = 0;
  return times.map((time) => {
    const exact = own.get(time);
    if (exact !== undefined) return Number.isFinite(exact) ? exact : null;
    while (next < at.length && (at[next] ?? 0) <= time) next++;
    const [before, after] = [at[next - 1], at[next]];
    if (before === undefined || after === undefined || after - before > GAP * step) return null;
    const [a, b] = [own.get(before) ?? NaN, own.get(after) ?? NaN];
    const value = a + ((b - a) * (time - before)) / (after - before);
    return Number.isFinite(value) ? value : null;
  });
}

/** Where points are missing: a moment in each gap, so that no line is drawn across it. */
function gapsIn(own: Map<number, number>): number[] {
  const at = rising(own);
  const step = stepOf(at);
  return at.flatMap((time, i) => ((at[i + 1] ?? time) - time > GAP * step ? [time + step] : []));
}

const rising = (own: Map<number, number>): number[] => [...own.keys()].sort((a, b) => a - b);

/** The usual distance of a curve's points; infinite when there are none. */
function stepOf(at: number[]): number {
  return at.slice(1).reduce((least, time, i) => Math.min(least, time - (at[i] ?? time)), Infinity);
}

/** Two points further apart than this many usual distances have something missing between them. */
const GAP = 1.5;

/**
 * One edge of the truth at all times: a stretch (a slot of k6's account) speaks for every moment in
 * it.
 */
function edge(times: number[], allowed: Allowed[], side: 2 | 3): (number | null)[] {
  let next = 0;
  return times.map((time) => {
    while (next < allowed.length && (allowed[next]?.[1] ?? 0) < time) next++;
    const here = allowed[next];
    return here && here[0] <= time ? here[side] : null;
  });
}

/** A series' name in the legend: the template with its labels; without one, all labels. */
function legendOf(template: string, labels: Record<string, string>): string {
  if (template === '' || template === '__auto') return JSON.stringify(labels);
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
}
