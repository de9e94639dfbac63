import type { NativeObservations, Shape } from '../model/recipe.ts';
import type { Selector } from '../promql/ast.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import type { Labels, Needless, Sample, Storage } from '../promql/evaluate/index.ts';
import { remembered } from '../promql/evaluate/label-tools.ts';
import { isThere } from '../lib/shapes.ts';
import { passesAll } from './matching.ts';

/** Series over time: each has a shape in each phase. */
export interface World {
  scrapeMs: number;
  /** When each phase begins; the first at 0. */
  phasesMs: number[];
  series: { labels: Labels; shapes: Shape[] }[];
}

/** A world's samples, made when they are asked for. */
export function storageOf(world: World): Storage {
  const tracks = world.series.map((s) => ({ labels: s.labels, track: new Track(s.shapes, world) }));
  const matching = new Map<Selector, typeof tracks>();
  const find = (selector: Selector): typeof tracks => {
    const known = matching.get(selector);
    if (known) return known;
    const found = tracks.filter(({ labels }) => selects(selector, labels));
    matching.set(selector, found);
    return found;
  };
  return {
    instant: (selector, tMs) =>
      find(selector).flatMap(({ labels, track }) => {
        const sample = track.newest(tMs);
        return sample ? [{ labels, sample }] : [];
      }),
    range: (selector, fromMs, toMs, needless) => {
      const first = Math.max(0, Math.floor(fromMs / world.scrapeMs) + 1);
      const last = Math.floor(toMs / world.scrapeMs);
      return find(selector).flatMap(({ labels, track }) => {
        const turns = needless ? track.turns(first, last, needless) : undefined;
        if (turns) return [{ labels, samples: turns, count: last - first + 1 }];
        const samples = track.between(first, last);
        return samples.length > 0 ? [{ labels, samples }] : [];
      });
    },
  };
}

const selected = new WeakMap<Selector, WeakMap<Labels, boolean>>();

function selects(selector: Selector, labels: Labels): boolean {
  const known = remembered(selected, selector, () => new WeakMap<Labels, boolean>());
  return remembered(
    known,
    labels,
    () =>
      (selector.name === undefined || labels['__name__'] === selector.name) &&
      passesAll(selector.matchers, labels),
  );
}

/** Shapes whose samples lie on a line. */
const ON_LINES: ReadonlySet<Shape['kind']> = new Set(['value', 'line', 'clock']);

/** One series as a function of the number of the scrape. */
class Track {
  private readonly starts: number[] = [];
  private readonly firsts: number[];
  private readonly shapes: readonly Shape[];
  private readonly scrapeMs: number;
  private readonly silences: boolean;

  constructor(shapes: readonly Shape[], { scrapeMs, phasesMs }: World) {
    this.shapes = shapes;
    this.scrapeMs = scrapeMs;
    this.silences = shapes.some(({ kind }) => kind === 'silent');
    this.firsts = phasesMs.map((ms) => Math.ceil(ms / scrapeMs));
    for (const [p, shape] of shapes.entries()) this.starts.push(this.startOf(shape, p));
  }

  /** Where a line begins in a phase: one step on from where the series stood. */
  private startOf(shape: Shape, phase: number): number {
    if (shape.kind !== 'line') return 0;
    const before = phase > 0 ? this.at((this.firsts[phase] ?? 0) - 1) : undefined;
    return before && !before.histogram
      ? before.value + (shape.perSecond * this.scrapeMs) / 1000
      : shape.from;
  }

  /** The newest sample at a moment that nothing has marked as stale. */
  newest(tMs: number): Sample | undefined {
    const index = Math.floor(tMs / this.scrapeMs);
    if (!this.silences) return this.at(index);
    for (let i = index; i >= 0 && tMs - i * this.scrapeMs < LOOKBACK_MS; i--) {
      const sample = this.at(i);
      if (sample || this.shapes[this.phaseOf(i)]?.kind !== 'silent') return sample;
    }
    return undefined;
  }

  private phaseOf(index: number): number {
    let phase = 0;
    while (phase + 1 < this.firsts.length && (this.firsts[phase + 1] ?? Infinity) <= index) phase++;
    return phase;
  }

  at(index: number): Sample | undefined {
    if (index < 0) return undefined;
    const phase = this.phaseOf(index);
    const shape = this.shapes[phase];
    if (!shape || shape.kind === 'absent' || shape.kind === 'silent') return undefined;
    const since = ((index - (this.firsts[phase] ?? 0)) * this.scrapeMs) / 1000;
    const tMs = index * this.scrapeMs;
    switch (shape.kind) {
      case 'value':
        return { tMs, value: shape.value };
      case 'line':
        return { tMs, value: (this.starts[phase] ?? 0) + shape.perSecond * since };
      case 'clock':
        return { tMs, value: tMs / 1000 + shape.offsetSeconds };
      case 'toggle': {
        const step = Math.floor(since / shape.everySeconds);
        return { tMs, value: shape.values[step % shape.values.length] ?? NaN };
      }
      case 'gaps':
        return isThere(shape, since) ? { tMs, value: shape.value } : undefined;
      case 'histogram':
        return shape.stands ? observed(shape.perSecond, tMs) : this.histogram(index, tMs);
    }
  }

  /** All that was observed until then, through all phases. */
  private histogram(index: number, tMs: number): Sample {
    let total: number[] = [];
    let sum = 0;
    let offset = 0;
    for (const [phase, shape] of this.shapes.entries()) {
      const first = this.firsts[phase] ?? 0;
      if (shape.kind !== 'histogram' || first > index) continue;
      const end = Math.min(index, (this.firsts[phase + 1] ?? Infinity) - 1);
      const seconds = ((end - first + (phase > 0 ? 1 : 0)) * this.scrapeMs) / 1000;
      offset = shape.perSecond.offset;
      total = shape.perSecond.buckets.map((n, i) => (total[i] ?? 0) + n * seconds);
      sum += shape.perSecond.sum * seconds;
    }
    return observed({ offset, buckets: total, sum }, tMs);
  }

  between(first: number, last: number): Sample[] {
    const found: Sample[] = [];
    for (let i = first; i <= last; i++) {
      const sample = this.at(i);
      if (sample) found.push(sample);
    }
    return found;
  }

  /**
   * The samples of a stretch without those that lie on a line between their neighbours; undefined
   * where one is missing, or they lie on no lines.
   */
  turns(first: number, last: number, needless: Needless): Sample[] | undefined {
    const wanted = new Set([first, first + 1, last - 1, last]);
    for (const [phase, shape] of this.shapes.entries()) {
      const begins = this.firsts[phase] ?? 0;
      if (begins > last || (this.firsts[phase + 1] ?? Infinity) <= first) continue;
      if (!ON_LINES.has(shape.kind)) return undefined;
      if (needless === 'on-rising-lines' && shape.kind === 'line' && shape.perSecond < 0)
        return undefined;
      wanted.add(begins - 1).add(begins);
    }
    const inside = [...wanted].filter((i) => i >= first && i <= last).sort((a, b) => a - b);
    return inside.length > 0 ? inside.flatMap((i) => this.at(i) ?? []) : undefined;
  }
}

/** A sample of a native histogram in which so much was observed. */
function observed({ offset, buckets, sum }: NativeObservations, tMs: number): Sample {
  const count = buckets.reduce((a, b) => a + b, 0);
  return { tMs, value: NaN, histogram: { count, sum, offset, buckets } };
}
