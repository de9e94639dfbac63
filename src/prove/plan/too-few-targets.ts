import type { RecipeSeries } from '../../model/recipe.ts';
import { keepsQuiet } from './on-target.ts';
import type { Unplaced } from './on-target.ts';
import type { OwnLabel } from './own-label.ts';
import type { JobTargets } from './target.ts';

interface Setting {
  jobs: readonly JobTargets[];
  unplaced: readonly Unplaced[];
  ownLabel: OwnLabel;
}

/**
 * Why a recipe has no place where each of its series is as good as another, and there are more of
 * them than targets: each target has one `up`.
 * @param groups series that are on one target, by target
 * @returns undefined where anything else is in the way
 */
export function tooFewTargets(
  groups: readonly RecipeSeries[][],
  { jobs, unplaced, ownLabel }: Setting,
): Unplaced | undefined {
  const [first] = unplaced;
  const by = first?.lacks?.label === 'instance' ? first.lacks.by : undefined;
  if (!by) return undefined;
  const isAlone = (series: RecipeSeries): boolean =>
    series.labels['job'] === by.labels['job'] && !ownLabel(series, 'instance', {});
  const needed = groups.filter((group) => group.some(isAlone)).length;
  const names = new Set(unplaced.flatMap(({ lacks }) => (lacks?.by ? [lacks.job] : [])));
  const asked = jobs.filter(({ name }) => names.has(name));
  const [most, ...others] = asked.toSorted((a, b) => b.targets.length - a.targets.length);
  if (!most || needed <= most.targets.length) return undefined;
  const has = most.targets.length;
  const what =
    others.length === 0
      ? `${needed} targets of job ${most.name}, and it has ${has}`
      : `${needed} targets of one job, and ${most.name}, which has most, has ${has}`;
  return { reason: `${keepsQuiet(by) ? 'it is quiet only with' : 'it needs'} ${what}` };
}
