import type { Dimension } from '../model/dimension.ts';
import type { SaturationPoint, SaturationOfRepetition } from '../model/saturation.ts';
import type { StepReason } from '../model/capacity-step.ts';
import { bracketOf, byLoad } from './bracket.ts';
import type { Bracket, Tried } from './bracket.ts';
import { median, spreadOf } from '../lib/statistics.ts';

export interface SearchOptions extends Pick<Dimension, 'start' | 'max' | 'tolerance'> {
  /** How often the saturation point is looked for. */
  repetitions: number;
  /** How often a load is tried whose steps are invalid, before the search gives up. */
  attempts: number;
}

export const DEFAULT_ATTEMPTS = 5;
/** Steps in which the generator was the limit, before a load counts as one that it can't send. */
const GENERATOR_TWICE = 2;
/** Below this nothing is tried any more, as a share of the first load. */
const LOWEST_SHARE = 1 / 64;

/** What to do next: one more step, or nothing. */
export type Next =
  | { kind: 'step'; repetition: number; load: number; reason: StepReason }
  | { kind: 'done'; saturationPoint: SaturationPoint };

/**
 * The search for the saturation point as a function of the steps that are finished: doubling until
 * something breaks, bisection until the highest load that holds and the lowest that breaks are
 * within the tolerance, the break confirmed by a second step. Each further repetition begins at the
 * saturation points before it and widens until it has one that holds and one that breaks. A load
 * whose steps disagree is tried once more, and the majority counts; invalid steps count for
 * nothing.
 */
export function nextStep(options: SearchOptions, tried: readonly Tried[]): Next {
  const points: SaturationOfRepetition[] = [];
  for (let repetition = 1; repetition <= options.repetitions; repetition++) {
    const reference = points.length === 0 ? null : median(points.map(({ holds }) => holds));
    const next = within(
      options,
      tried.filter((step) => step.repetition === repetition),
      reference,
    );
    if (next.kind === 'step') return { ...next, repetition };
    if (next.kind === 'inconclusive')
      return {
        kind: 'done',
        saturationPoint: { kind: 'inconclusive', reason: next.reason, repetitions: points },
      };
    points.push({ repetition, ...next.found });
  }
  return { kind: 'done', saturationPoint: saturationPointOf(points) };
}

type Within =
  | { kind: 'step'; load: number; reason: StepReason }
  | { kind: 'found'; found: Omit<SaturationOfRepetition, 'repetition'> }
  | { kind: 'inconclusive'; reason: string };

/** One repetition. @param reference where the repetitions before it found the saturation point */
function within(options: SearchOptions, tried: Tried[], reference: number | null): Within {
  const states = byLoad(tried);
  const again = (load: number, reason: StepReason): Within => {
    const state = states.find((s) => s.load === load);
    if (state && state.invalid >= options.attempts)
      return {
        kind: 'inconclusive',
        reason:
          `${state.invalid} of ${state.invalid + state.holds + state.breaks + state.generator} ` +
          `steps at ${load} couldn't be used (${state.lastWhy ?? 'no reason was told'})`,
      };
    return { kind: 'step', load, reason };
  };
  const last = tried.at(-1);
  const unusable =
    last?.outcome === 'invalid' &&
    (last.why !== 'generator' ||
      (states.find((s) => s.load === last.load)?.generator ?? 0) < GENERATOR_TWICE);
  if (last && unusable) return again(last.load, 'again');
  const bracket = bracketOf(states, GENERATOR_TWICE);
  if (bracket.open !== null) return again(bracket.open, 'confirmation');
  const unsure = bracket.contradiction !== null && (bracket.ceiling?.breaks ?? 0) < 2;
  if (unsure && bracket.ceiling) return again(bracket.ceiling.load, 'confirmation');
  return narrow(options, bracket, reference, again);
}

function narrow(
  options: SearchOptions,
  bracket: Bracket,
  reference: number | null,
  step: (load: number, reason: StepReason) => Within,
): Within {
  const { holds, ceiling, byGenerator } = bracket;
  const { start, max, tolerance } = options;
  const found = (limitedBy: SaturationOfRepetition['limitedBy']): Within => ({
    kind: 'found',
    found: {
      holds: holds ?? 0,
      breaks: byGenerator ? null : (ceiling?.load ?? null),
      limitedBy,
      notMonotonic: bracket.contradiction !== null,
    },
  });
  const first = reference !== null && reference > 0 ? reference : start;
  if (holds === null && ceiling === null) return step(Math.min(first, max), 'doubling');
  if (ceiling === null) {
    if (holds !== null && holds >= max) return found('max');
    return step(Math.min(max, wider(holds ?? first, first, reference, tolerance)), 'doubling');
  }
  if (holds === null) {
    const lower =
      reference === null ? rounded(ceiling.load / 2) : narrower(ceiling.load, first, tolerance);
    if (lower < start * LOWEST_SHARE || lower >= ceiling.load || lower <= 0)
      return ceiling.breaks < 2 && !byGenerator
        ? step(ceiling.load, 'confirmation')
        : found(byGenerator ? 'generator' : null);
    return step(lower, 'bisection');
  }
  const middle = rounded((holds + ceiling.load) / 2);
  const near =
    ceiling.load - holds <= tolerance * ceiling.load || middle <= holds || middle >= ceiling.load;
  if (!near) return step(middle, 'bisection');
  if (byGenerator) return found('generator');
  // One break alone may be the machine's hiccup.
  if (ceiling.breaks < 2) return step(ceiling.load, 'confirmation');
  return found(null);
}

/**
 * The next load upwards: twice as much; near a saturation point that is known, twice as far from it
 * as the last time.
 */
function wider(holds: number, first: number, reference: number | null, tolerance: number): number {
  if (reference === null) return rounded(holds * 2);
  return rounded(Math.max(first * (1 + 2 * tolerance), first + 2 * (holds - first)));
}

/** The next load downwards from one that broke, near a saturation point that is known. */
function narrower(breaks: number, first: number, tolerance: number): number {
  return rounded(Math.min(first * (1 - 2 * tolerance), first - 2 * (first - breaks)));
}

/**
 * Whole numbers of at most three digits that aren't 0: loads that people can read, and that are met
 * again.
 */
export function rounded(load: number): number {
  return Math.round(Number(load.toPrecision(3)));
}

function saturationPointOf(repetitions: SaturationOfRepetition[]): SaturationPoint {
  const loads = repetitions.map(({ holds }) => holds);
  const limitedBy = repetitions.find((r) => r.limitedBy !== null)?.limitedBy ?? null;
  const spread = spreadOf(loads);
  if (limitedBy !== null)
    return { kind: 'at least', load: Math.min(...loads), spread, limitedBy, repetitions };
  return { kind: 'found', load: median(loads), spread, repetitions };
}
