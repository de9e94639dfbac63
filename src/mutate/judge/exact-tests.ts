import { endStatement, labelStatement } from '../../engine/statements.ts';
import type { AlertStatement } from '../../engine/statements.ts';
import type { TestGroup } from '../../engine/test-file.ts';
import type { Recipe } from '../../model/recipe.ts';

/** The tests of a recipe with one statement more: which instances fire, and with which labels. */
export function exactTests(tests: TestGroup[], recipe: Recipe): TestGroup[] {
  const exact = labelStatement(recipe);
  return tests.map((group, i) => (i === 0 && exact ? withStatement(group, exact) : group));
}

/** These with one more for each pair: that it is over at once where the world is calm. */
export function promptTests(tests: TestGroup[], recipe: Recipe): TestGroup[] {
  return tests.map((group, i) => {
    const pair = recipe.pairs[i];
    const end = pair && endStatement(recipe, pair);
    return end ? withStatement(group, end) : group;
  });
}

function withStatement(group: TestGroup, { statement }: AlertStatement): TestGroup {
  return { ...group, promql_expr_test: [...group.promql_expr_test, statement] };
}
