import { seriesText } from '../../lib/series-text.ts';
import type { Ingredient, Recipe } from '../../technologies/recipe.ts';

/** The world stays at a level for some samples; `undefined`: nothing is there yet. */
export interface Phase {
  level: number | undefined;
  samples: number;
}

/**
 * The values of one series over the phases, in promtool's notation (`1+2x3`: 1, 3, 5, 7).
 * @param burst added to a counter with the first sample of each phase after the first, in what it
 * counts
 */
export function valuesOf(
  ingredient: Ingredient,
  phases: Phase[],
  scrapeS: number,
  burst: (from: number, to: number) => number,
): string {
  let total = 0;
  let before: number | undefined;
  return phases
    .map(({ level, samples }) => {
      if (level === undefined) return `_x${samples}`;
      if (ingredient.isThere?.(level) === false) return gone(samples);
      const value = round(ingredient.at(level));
      if (!ingredient.counter) {
        before = level;
        return `${value}+0x${samples - 1}`;
      }
      const step = round(value * scrapeS);
      // The first sample of all is where the counter happened to stand.
      if (before !== undefined)
        total = round(
          total +
            step +
            (before === level ? 0 : burst(ingredient.at(before), ingredient.at(level))),
        );
      const text = `${total}+${step}x${samples - 1}`;
      total = round(total + step * (samples - 1));
      before = level;
      return text;
    })
    .join(' ');
}

/** A series that its target doesn't export any more. */
function gone(samples: number): string {
  return samples > 1 ? `stale _x${samples - 1}` : 'stale';
}

/** `metric{a="b"}` */
export function seriesName(
  { metric, labels = {}, bystander }: Ingredient,
  extra: Record<string, string>,
): string {
  const target = Object.entries(extra).filter(([key]) => TARGET.has(key));
  // What the contract says of the instance that is provoked goes before the recipe's own.
  const all: Record<string, string> = bystander
    ? { ...Object.fromEntries(target), ...labels }
    : { ...labels, ...extra };
  return seriesText(metric, all);
}

/** What every series has, whatever it is of. */
const TARGET = new Set(['job', 'instance']);

/**
 * What a counter has to gain at once so that its average over a full window goes from one rate to
 * the other: a rate by itself follows slowly otherwise, and no moment could be named at which it
 * passes the limit.
 */
export function burstOf(recipe: Recipe, windowMs: number): (from: number, to: number) => number {
  return recipe.follows === 'window'
    ? (from, to) => Math.max(0, to - from) * (windowMs / 1000)
    : () => 0;
}

/** Twelve digits: enough, and free of what binary fractions leave behind. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
