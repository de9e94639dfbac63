import type { RecipeSeries } from '../../model/recipe.ts';
import type { KeptLabels } from './kept-labels.ts';
import { keepsQuiet } from './as-scraped.ts';
import type { Unplaced } from './on-target.ts';
import type { OwnLabel } from './own-label.ts';
import type { JobTargets } from './target.ts';

/** What relabelling leaves is another reason. */
const ALL: KeptLabels = { keeps: () => true, named: [] };

interface Setting {
  jobs: readonly JobTargets[];
  unplaced: readonly Unplaced[];
  ownLabel: OwnLabel;
  anyJob: boolean;
}

/**
 * Why a recipe has no place where each of its series is as good as another, and there are more of
 * them than targets: each target has one `up`.
 * @param groups series that are on one target, by target
 * @returns undefined where anything else is in the way
 */
export function tooFewTargets(
  groups: readonly RecipeSeries[][],
  { jobs, unplaced, ownLabel, anyJob }: Setting,
): Unplaced | undefined {
  const [first] = unplaced;
  const by = first?.lacks?.label === 'instance' ? first.lacks.by : undefined;
  if (!by) return undefined;
  const isAlone = (series: RecipeSeries): boolean =>
    series.labels['job'] === by.labels['job'] && !ownLabel(series, 'instance', {}, ALL);
  const needed = groups.filter((group) => group.some(isAlone)).length;
  const names = new Set(unplaced.flatMap(({ lacks }) => (lacks?.by ? [lacks.job] : [])));
  const asked = jobs.filter(({ name }) => names.has(name));
  const counts = asked.map(({ targets }) => targets.length);
  const [only, ...others] = asked;
  const has = anyJob ? counts.reduce((sum, count) => sum + count, 0) : Math.max(0, ...counts);
  if (!only || needed <= has) return undefined;
  const what =
    others.length === 0
      ? `${needed} targets of job ${only.name}, and it has ${has}`
      : anyJob
        ? `${needed} targets, and the jobs have ${has} together`
        : `${needed} targets of one job, and the jobs have at most ${has}`;
  return { reason: `${keepsQuiet(by) ? 'it is quiet only with' : 'it needs'} ${what}` };
}
