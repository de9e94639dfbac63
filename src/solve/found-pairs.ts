import type { Expr } from '../promql/ast.ts';
import type { Pair, Pin } from '../model/recipe.ts';
import type { Bench } from './bench.ts';
import type { Edge } from './pairs.ts';
import { ON_OR_OFF } from './levers.ts';
import { isSoThroughout } from './one-by-one.ts';
import { isSettled, joinedPins, pinsOf, SIDES } from './pins.ts';
import { recipeSeriesOf } from './recipe-series.ts';
import { BESIDE } from './search.ts';
import { thresholdsOf } from './thresholds.ts';
import type { Threshold } from './thresholds.ts';
import { crossesClearly } from './timeline.ts';
import type { Course } from './timeline.ts';
import type { Trial } from './trial.ts';
import { differs, leverWords, momentWords } from './words.ts';

/** More pairs than this pin nothing that is worth their time. */
const MOST_PAIRS = 8;
/** So many courses are tried from edges as they are found, */
const MOST_COURSES = 24;
/** and so many in all, at other distances from their limits. */
const MOST_COURSES_BESIDE = 72;
/** Other distances from a limit that are tried: what is steep needs closer ones, a line wider. */
const DISTANCES = [0.003, 0.05, 0.2];

/** A pair, and the course of its world that shows it. */
export interface Found {
  bench: Bench;
  pair: Pair;
  course: Course;
}

/** Pairs that were found for an alert, on whatever trial, and what they pin together. */
export class Pairs {
  readonly found: Found[] = [];
  readonly thresholds: readonly Threshold[];
  private readonly seen = new Map<Trial, Edge[]>();
  private tried = 0;

  constructor(expr: Expr) {
    this.thresholds = thresholdsOf(expr);
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

  /** An edge whose sides are clear of their limit, where one was found. */
  edgeOf(trial: Trial): Edge | undefined {
    return this.seen.get(trial)?.find(({ lever }) => !ON_OR_OFF.has(lever.field));
  }

  /** Another stage begins, in which as many courses may be tried again. */
  begin(): void {
    this.tried = 0;
  }

  /** Keeps an edge's pair when it is the first, or pins what wasn't pinned. */
  take(trial: Trial, edge: Edge): void {
    this.seen.set(trial, [...(this.seen.get(trial) ?? []), edge]);
    this.try(trial, edge, MOST_COURSES);
  }

  /**
   * The edges that were seen, closer to their limits and further away; and from levels at which a
   * longer window still holds back what a shorter one sees.
   */
  takeBeside(trial: Trial): void {
    const { constants, windowMs } = trial.bench;
    const levels =
      windowMs === 0 ? [] : constants.flatMap((c) => [1 - BESIDE, 1 + BESIDE].map((k) => c * k));
    for (const edge of this.seen.get(trial) ?? [])
      for (const level of edge.lever.field === 'value' ? levels : []) {
        if (this.done || this.tried >= MOST_COURSES_BESIDE) return;
        const from = edge.from?.(level);
        if (from) this.try(trial, from, MOST_COURSES_BESIDE);
      }
    for (const share of DISTANCES)
      for (const edge of this.seen.get(trial) ?? []) {
        if (this.done || this.tried >= MOST_COURSES_BESIDE) return;
        const beside = edge.at?.(share);
        if (beside) this.try(trial, beside, MOST_COURSES_BESIDE);
      }
  }

  private try(trial: Trial, edge: Edge, most: number): void {
    if (this.done || this.tried++ >= most) return;
    const course = trial.course(edge);
    if (course) this.takeCourse(trial.bench, course);
  }

  /** Keeps a course when it is the first, or pins what wasn't pinned. @returns whether it did */
  takeCourse(bench: Bench, course: Course): boolean {
    const pins = pinsOf(bench, course, this.thresholds);
    if (this.found.length > 0 && !this.addsTo(pins)) return false;
    if (!isSoThroughout(bench, course) || !crossesClearly(bench, course)) return false;
    this.found.push({ bench, course, pair: pairOf(course, pins) });
    return true;
  }

  private addsTo(pins: readonly Pin[]): boolean {
    const known = this.pins;
    return pins.some((p, i) => SIDES.some((side) => p[side] && !known[i]?.[side]));
  }
}

/** The pair as the recipe keeps it. */
function pairOf({ world, timeline }: Course, pins: Pin[]): Pair {
  const series = recipeSeriesOf(world);
  const lever = differs(series) ? leverWords(series) : momentWords(timeline);
  return { series, lever, timeline, pins };
}
