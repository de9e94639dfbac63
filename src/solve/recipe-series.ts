import type { RecipeSeries } from '../model/recipe.ts';
import type { World } from './world.ts';

/** A world's series as a recipe keeps them; a phase that it hasn't is without samples. */
export function recipeSeriesOf({ series }: World): RecipeSeries[] {
  return series.map(({ labels, shapes: [near, over, calm] }): RecipeSeries => {
    const { __name__: metric = '', ...others } = labels;
    const absent = { kind: 'absent' as const };
    return {
      metric,
      labels: others,
      shapes: { near: near ?? absent, over: over ?? absent, calm: calm ?? absent },
    };
  });
}
