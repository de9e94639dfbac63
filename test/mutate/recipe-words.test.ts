import { expect, it } from 'vitest';
import { labelStatement, statementsOf } from '../../src/engine/statements.ts';
import type { About } from '../../src/engine/statements.ts';
import type { Pair, Recipe } from '../../src/model/recipe.ts';
import { recipeWords } from '../../src/mutate/judge/recipe-words.ts';

const MINUTE = 60_000;
const pair: Pair = {
  ...{ series: [], lever: '', pins: [] },
  timeline: {
    ...{ scrapeMs: 15_000, evaluationMs: MINUTE, settledAtMs: 0 },
    ...{ overAtMs: 5 * MINUTE, activeAtMs: 5 * MINUTE, firingAtMs: 10 * MINUTE },
    ...{ calmAtMs: 14 * MINUTE, resolvedAtMs: 20 * MINUTE },
  },
};
const recipe: Recipe = {
  alert: { file: 'r.yml', line: 1, group: 'g', name: 'A', index: 0 },
  pairs: [pair],
  result: {},
  instances: [{ alertname: 'A', job: 'a"b', team: 'x' }],
  ...{ labels: { team: 'x' }, annotations: {}, forMs: 5 * MINUTE, windowMs: 0 },
  ...{ readsClock: false, pins: [] },
};
/** As promtool would tell that these statements are untrue. */
const output = (seen: string, ...about: About[]): string =>
  [...statementsOf(recipe, pair), ...[labelStatement(recipe) ?? []].flat()]
    .filter((one) => about.includes(one.about))
    .map(
      ({ statement: { expr, eval_time: at } }) =>
        `    expr: ${JSON.stringify(expr)}, time: ${at},\n        exp: nil\n        got: ${seen}`,
    )
    .join('\n');

it.each<[string, string, About[], string]>([
  ['for that is too short', 'nil', ['pending', 'not-yet'], 'look at `for`, which is too short,'],
  ['for that is too long', 'nil', ['firing', 'lasting', 'labels'], 'look at `for`, which is too'],
  ['what is over too late', '{} 1E+00', ['over'], 'still active at 21m: look at `keep_firing_for`'],
  ['what is over too early', 'nil', ['lasting'], 'over already at 19m: look at `expr`: its limit'],
  ['a limit', '{} 5E+00', ['quiet'], 'is active before 4m: look at `expr`: its limit'],
  ['what comes late', 'nil', ['active', 'firing'], "or the group's `interval`"],
  ['what never comes', 'nil', ['active', 'pending', 'firing', 'lasting'], 'what it selects'],
  ['other labels', '{job="b"} 1E+00', ['active', 'firing', 'labels'], 'has other labels at 10m'],
])('%s', (_what, seen, about, words) =>
  expect(recipeWords(recipe, 0, output(seen, ...about))).toContain(words),
);

it('what is kept firing for too short is told where the rule keeps it', () =>
  expect(recipeWords(recipe, 60_000, output('nil', 'lasting'))).toContain('`keep_firing_for`'));

it('of anything else nothing is said', () =>
  expect(recipeWords(recipe, 0, 'could not parse expression: 1:5')).toBeUndefined());
