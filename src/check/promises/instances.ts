import type { Ingredient, Recipe } from '../../technologies/recipe.ts';
import type { TestGroup } from './assertion.ts';
import type { Course, Setting } from './courses.ts';
import type { Promised } from './promised.ts';
import { burstOf, seriesName, valuesOf } from './series.ts';
import type { World } from './tests.ts';

/** Who is provoked, and who stands beside. */
export interface Instances {
  /** Labels of the alert's instance, as far as the contract says them. */
  labels: Record<string, string>;
  /** Labels of the series that are provoked. */
  given: Record<string, string>;
  /** Whether the alert is about one instance; else about all of the job's together. */
  single: boolean;
}

/** A second instance of the job. */
const OTHER = 'beside:1';
/**
 * What of the whole is the first instance's, where an alert is about all of them. The rates that 19
 * of 20 samples extrapolate to are binary fractions: with this share, which is one itself, those of
 * both instances add up to a limit such as 0.1 exactly.
 */
const SHARE = 91 / 256;

/** Undefined when nobody knows which job exports what is provoked. */
export function instancesOf(one: Promised, recipe: Recipe, world: World): Instances | undefined {
  const isOutage = one.kind === 'outage';
  const metric = isOutage ? 'up' : (recipe.series[0]?.metric.replace(/_bucket$/, '') ?? '');
  const job = one.labels['job'] ?? one.service ?? world.jobsOf(metric)[0];
  if (job === undefined) return undefined;
  const instance = one.labels['instance'] ?? world.targetOf(job) ?? job;
  const given = { job, instance, ...one.labels };
  // The instance that is down is known by its job; of all others the contract says which labels
  // identify them.
  const labels = isOutage ? { ...one.labels, job, instance } : one.labels;
  return { labels, given, single: labels['instance'] !== undefined };
}

/**
 * The series of a world with two instances. Of an alert about one of them the other is calm; of an
 * alert about the whole job, each has a part of the whole, or tells of the whole.
 */
export function seriesOf(
  recipe: Recipe,
  { given, single }: Instances,
  course: Course,
  setting: Setting,
): TestGroup['series'] {
  const scrapeS = setting.scrapeMs / 1000;
  const burst = course.gradual ? () => 0 : burstOf(recipe, setting.windowMs);
  const calm = course.phases.map(({ level, samples }) => ({
    level: level === undefined ? undefined : setting.calm,
    samples,
  }));
  const first = single ? 1 : SHARE;
  return recipe.series.flatMap((one) => [
    {
      series: seriesName(one, given),
      values: valuesOf(scaled(one, first), course.phases, scrapeS, burst),
    },
    {
      series: seriesName(one, { ...given, instance: OTHER }),
      values: single
        ? valuesOf(one, calm, scrapeS, burst)
        : valuesOf(scaled(one, 1 - first), course.phases, scrapeS, burst),
    },
  ]);
}

function scaled(ingredient: Ingredient, by: number): Ingredient {
  return by === 1 || ingredient.whole
    ? ingredient
    : { ...ingredient, at: (level) => ingredient.at(level) * by };
}
