import { exactNumber, plainNumber as plain } from '../lib/plain-number.ts';
import { isThere } from '../lib/shapes.ts';
import type { NativeObservations, RecipeSeries, Shape, Timeline } from '../model/recipe.ts';
import { LEVELS } from '../model/recipe.ts';

/** What a series is from a moment on. */
export interface NotedStep {
  atMs: number;
  shape: Shape;
}

/** A series over all levels, in promtool's notation: one value per scrape. */
export function seriesNotation(
  { shapes }: RecipeSeries,
  timeline: Pick<Timeline, 'scrapeMs' | 'overAtMs' | 'calmAtMs'>,
  endMs: number,
): string {
  const starts = [0, timeline.overAtMs, timeline.calmAtMs];
  const steps = LEVELS.map((level, i) => ({ atMs: starts[i] ?? 0, shape: shapes[level] }));
  return stepsNotation(steps, timeline.scrapeMs, endMs);
}

/**
 * A series that changes from step to step, in promtool's notation (prometheus.io/docs, "Unit
 * testing for rules"): one value per scrape, none before its first step.
 * @param steps in the order of time
 */
export function stepsNotation(steps: NotedStep[], scrapeMs: number, endMs: number): string {
  const scrapes = [...steps.map(({ atMs }) => atMs), endMs + scrapeMs].map((ms) =>
    Math.ceil(ms / scrapeMs),
  );
  const parts: string[] = (scrapes[0] ?? 0) > 0 ? [`_x${scrapes[0]}`] : [];
  let stood: number | undefined;
  let there = false;
  const observed: NativeObservations = { offset: 0, buckets: [], sum: 0 };
  for (const [i, { shape }] of steps.entries()) {
    const first = scrapes[i] ?? 0;
    const count = (scrapes[i + 1] ?? 0) - first;
    if (count <= 0) continue;
    const phase = { first, count, seconds: scrapeMs / 1000, stood };
    if (shape.kind === 'histogram' && shape.stands)
      parts.push(Array(count).fill(histogram(shape.perSecond)).join(' '));
    else if (shape.kind === 'histogram') parts.push(histograms(shape.perSecond, observed, phase));
    else {
      const { text, last } = values(shape, phase, there);
      parts.push(text);
      stood = last;
    }
    if (shape.kind !== 'silent') there = shape.kind !== 'absent';
  }
  return parts.join(' ');
}

interface Phase {
  /** Number of its first scrape. */
  first: number;
  count: number;
  seconds: number;
  /** The last value before it. */
  stood: number | undefined;
}

function values(shape: Shape, phase: Phase, wasThere: boolean): { text: string; last?: number } {
  const { first, count, seconds, stood } = phase;
  switch (shape.kind) {
    case 'value':
      return run(plain(shape.value), 0, count);
    case 'line': {
      const step = shape.perSecond * seconds;
      if (stood === undefined) return run(plain(shape.from), step, count);
      // A counter that stops stands exactly where it stood: less by a hair would be a reset.
      const by = Number(plain(step));
      return run(exactNumber(by === 0 ? stood : stood + by), step, count);
    }
    case 'clock':
      return run(plain(first * seconds + shape.offsetSeconds), seconds, count);
    case 'toggle':
      return toggled(shape.values, shape.everySeconds, phase);
    case 'gaps':
      return withGaps(shape, phase, wasThere);
    case 'silent':
      return { text: `_x${count}` };
    case 'absent':
    case 'histogram':
      // The scrape after the last one that had it marks it stale.
      return {
        text: wasThere
          ? ['stale', ...(count > 1 ? [`_x${count - 1}`] : [])].join(' ')
          : `_x${count}`,
      };
  }
}

/** `1+2x3`: 1, 3, 5, 7; and where promtool, which adds step to step, then really stands. */
function run(from: string, step: number, count: number): { text: string; last: number } {
  const [sign, by] = [step < 0 ? '-' : '+', plain(Math.abs(step))];
  let last = Number(from);
  if (step !== 0) for (let i = 1; i < count; i++) last += Number(`${sign}${by}`);
  return { text: `${from}${sign}${by}x${count - 1}`, last };
}

function toggled(
  levels: readonly number[],
  everySeconds: number,
  { count, seconds }: Phase,
): { text: string; last: number } {
  const all = Array.from(
    { length: count },
    (_, i) => levels[Math.floor((i * seconds) / everySeconds) % levels.length] ?? NaN,
  );
  const runs: { value: number; count: number }[] = [];
  for (const value of all) {
    const last = runs.at(-1);
    if (last?.value === value) last.count++;
    else runs.push({ value, count: 1 });
  }
  return {
    text: runs.map((r) => run(plain(r.value), 0, r.count).text).join(' '),
    last: all.at(-1) ?? NaN,
  };
}

/** What comes and goes: each time that it is away begins with a marker, as a scrape writes it. */
function withGaps(
  shape: Extract<Shape, { kind: 'gaps' }>,
  { count, seconds }: Phase,
  wasThere: boolean,
): { text: string; last?: number } {
  const parts: string[] = [];
  let there = wasThere;
  for (let i = 0; i < count; i++) {
    const is = isThere(shape, i * seconds);
    parts.push(is ? plain(shape.value) : there ? 'stale' : '_');
    there = is;
  }
  return { text: parts.join(' ') };
}

/**
 * `{{schema:0 sum:1 count:3 offset:2 buckets:[1 2]}}` for each scrape: all that was observed until
 * then.
 */
function histograms(
  perSecond: NativeObservations,
  observed: NativeObservations,
  { first, count, seconds }: Phase,
): string {
  return Array.from({ length: count }, (_, i) => {
    // A process begins with nothing observed.
    const passed = first === 0 && i === 0 ? 0 : seconds;
    observed.offset = perSecond.offset;
    observed.sum += perSecond.sum * passed;
    observed.buckets = perSecond.buckets.map((n, b) => (observed.buckets[b] ?? 0) + n * passed);
    return histogram(observed);
  }).join(' ');
}

function histogram({ sum, offset, buckets }: NativeObservations): string {
  const total = buckets.reduce((a, b) => a + b, 0);
  return (
    `{{schema:0 sum:${plain(sum)} count:${plain(total)} offset:${offset} ` +
    `buckets:[${buckets.map(plain).join(' ')}]}}`
  );
}
