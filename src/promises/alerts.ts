import { formatDuration } from '../lib/duration.ts';
import type { Solution } from '../model/recipe.ts';
import { widestRangeMs } from '../promql/widest-range.ts';
import { alertLabels } from '../stack/alert-labels.ts';
import type { Stack } from '../stack/index.ts';
import { receiversOf } from '../stack/routing.ts';
import type { Rule } from '../stack/rules.ts';
import { byName, known } from './derived.ts';
import type { Derived, Entry } from './derived.ts';
import { isAlwaysTold, tellingOf } from './telling.ts';
import { firesWords, todoWords } from './words.ts';

/** The longest time that a contract can say. */
const LONGEST_MS = 30 * 86_400_000;

/** Every alert as its rule, its routes and its solution have it. */
export function derivedAlerts(
  stack: Stack,
  { recipes, unsolved }: Solution,
  telling: Entry | undefined,
): Derived['alerts'] {
  const fires = new Map(recipes.map((recipe) => [recipe.alert.index, recipe]));
  const open = new Map(unsolved.map((one) => [one.alert.index, one]));
  return byName(
    stack.rules.flatMap((rule, index) => {
      if (rule.kind !== 'alert' || rule.name === '') return [];
      const [recipe, why] = [fires.get(index), open.get(index)];
      const entry = known({
        severity: plainText(rule.labels.get('severity')?.text),
        fires: recipe && firesWords(recipe, rule.expression.expr),
        todo: why && todoWords(why),
        expr: rule.expression.text.trim() || undefined,
        ...timesOf(rule),
        ...deliveryOf(rule, stack, telling),
      });
      return [{ name: rule.name, entry }];
    }),
  );
}

function timesOf({ forMs, keepFiringForMs, expression, group }: Rule): Entry {
  return {
    for: duration(forMs),
    keep_firing_for: keepFiringForMs === 0 ? undefined : duration(keepFiringForMs),
    every: duration(group.evaluationMs),
    window: duration(widestRangeMs(expression.text)),
  };
}

/** Labels, who is told, and how where it isn't as for all. */
function deliveryOf(rule: Rule, stack: Stack, general: Entry | undefined): Entry {
  const labels = [...rule.labels].filter(
    ([key, { text }]) => key !== 'severity' && plainText(text) !== undefined,
  );
  // What isn't told at every minute of the week promises nothing of how it is told.
  const own = isAlwaysTold(rule, stack) ? tellingOf(rule, stack) : {};
  const differs = general && JSON.stringify(own) !== JSON.stringify(general);
  return {
    labels:
      labels.length > 0
        ? Object.fromEntries(labels.map(([key, { text }]) => [key, text]))
        : undefined,
    receivers: receiversFor(rule, stack),
    telling: differs ? own : undefined,
  };
}

/** Who is surely told; undefined where that depends on what isn't known. */
function receiversFor(rule: Rule, stack: Stack): string[] | undefined {
  const roots = stack.alertmanagers.flatMap(({ route }) => route ?? []);
  const each = roots.map((root) => receiversOf(root, alertLabels(rule, stack)));
  if (each.includes(undefined)) return undefined;
  const names = [...new Set(each.flatMap((one) => one ?? []))];
  return names.length > 0 ? names : undefined;
}

/** Without templates. */
function plainText(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text.includes('{{') ? undefined : text;
}

function duration(ms: number | undefined): string | undefined {
  return ms === undefined || ms > LONGEST_MS ? undefined : formatDuration(ms);
}
