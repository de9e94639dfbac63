import type { Pair, Pin, RecipeSeries } from '../model/recipe.ts';
import type { Bench } from './bench.ts';
import type { Edge } from './pairs.ts';
import { isSettled, joinedPins, pinsOf, SIDES } from './pins.ts';
import { thresholdsOf } from './thresholds.ts';
import type { Threshold } from './thresholds.ts';
import { courseOf } from './timeline.ts';
import type { Course } from './timeline.ts';
import { leverWords } from './words.ts';

/** More pairs than this pin nothing that is worth their time. */
const MOST_PAIRS = 5;
const MOST_COURSES = 24;
const MOST_COURSES_BESIDE = 72;
/** Other distances from a limit that are tried: what is steep needs closer ones, a line wider. */
const DISTANCES = [0.003, 0.05, 0.2];

/** A pair, and the course of its world that shows it. */
export interface Found {
  pair: Pair;
  course: Course;
}

/** Pairs that were found, and what they pin together. */
export class Pairs {
  readonly found: Found[] = [];
  readonly thresholds: readonly Threshold[];
  private readonly bench: Bench;
  private readonly seen: Edge[] = [];
  private tried = 0;

  constructor(bench: Bench) {
    this.bench = bench;
    this.thresholds = thresholdsOf(bench.expr);
  }

  get pins(): Pin[] {
    return joinedPins(this.found.map((f) => f.pair.pins));
  }

  /** Whether no pair more is wanted. */
  get done(): boolean {
    if (this.found.length === 0) return false;
    return (
      this.found.length >= MOST_PAIRS || this.pins.every((p) => SIDES.every((s) => isSettled(p, s)))
    );
  }

  /** Keeps an edge's pair when it is the first, or pins what wasn't pinned. */
  take(edge: Edge): void {
    this.seen.push(edge);
    this.try(edge);
  }

  /** The edges that were seen, closer to their limits and further away. */
  takeBeside(): void {
    for (const share of DISTANCES)
      for (const edge of this.seen) {
        if (this.done || this.tried >= MOST_COURSES_BESIDE) return;
        const beside = edge.at?.(share);
        if (beside) this.try(beside, MOST_COURSES_BESIDE);
      }
  }

  private try(edge: Edge, most = MOST_COURSES): void {
    if (this.done || this.tried++ >= most) return;
    const course = courseOfEdge(this.bench, edge);
    if (!course) return;
    const pins = pinsOf(this.bench, course, this.thresholds);
    if (this.found.length > 0 && !this.addsTo(pins)) return;
    this.found.push({ course, pair: pairOf(course, pins) });
  }

  private addsTo(pins: readonly Pin[]): boolean {
    const known = this.pins;
    return pins.some((p, i) => SIDES.some((side) => p[side] && !known[i]?.[side]));
  }
}

/**
 * Calm is what was near, unless a line has led too far away from it: then everything stands where
 * it began.
 */
function courseOfEdge(bench: Bench, { near, over }: Edge): Course | undefined {
  const still = near.map((own, i) =>
    bench.leaves[i]?.uses.has('growth') ? own : { ...own, perSecond: 0 },
  );
  return courseOf(bench, near, over, near) ?? courseOf(bench, near, over, still);
}

/** The pair as the recipe keeps it. */
export function pairOf({ world, timeline }: Course, pins: Pin[]): Pair {
  const series = world.series.map(({ labels, shapes: [near, over, calm] }): RecipeSeries => {
    const { __name__: metric = '', ...others } = labels;
    const absent = { kind: 'absent' as const };
    return {
      metric,
      labels: others,
      shapes: { near: near ?? absent, over: over ?? absent, calm: calm ?? absent },
    };
  });
  return { series, lever: leverWords(series), timeline, pins };
}
