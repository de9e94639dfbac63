import { seriesText } from '../../lib/series-text.ts';
import type { TestGroup } from '../../engine/test-file.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Recipe } from '../../model/recipe.ts';

/**
 * The tests of a recipe with one statement more: which instances fire, with all of their labels. A
 * label too many or too few changes who is told together, and whom an inhibition meets.
 */
export function exactTests(tests: TestGroup[], recipe: Recipe): TestGroup[] {
  const [first, ...others] = tests;
  const { instances, alert, pairs } = recipe;
  const templated = Object.values(recipe.labels).some((text) => text.includes('{{'));
  if (!first || templated || instances.length === 0) return tests;
  const name = JSON.stringify(alert.name);
  const statement = {
    expr: `ALERTS{alertname=${name},alertstate="firing"}`,
    eval_time: formatDuration(pairs[0].timeline.firingAtMs),
    exp_samples: instances.map((labels) => ({
      labels: seriesText('ALERTS', { ...labels, alertname: alert.name, alertstate: 'firing' }),
      value: 1,
    })),
  };
  return [{ ...first, promql_expr_test: [...first.promql_expr_test, statement] }, ...others];
}
