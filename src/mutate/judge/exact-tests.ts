import { labelStatement } from '../../engine/statements.ts';
import type { TestGroup } from '../../engine/test-file.ts';
import type { Recipe } from '../../model/recipe.ts';

/** The tests of a recipe with one statement more: which instances fire, and with which labels. */
export function exactTests(tests: TestGroup[], recipe: Recipe): TestGroup[] {
  const [first, ...others] = tests;
  const exact = labelStatement(recipe);
  if (!first || !exact) return tests;
  const promql = [...first.promql_expr_test, exact.statement];
  return [{ ...first, promql_expr_test: promql }, ...others];
}
