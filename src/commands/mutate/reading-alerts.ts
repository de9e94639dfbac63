import type { Recipe } from '../../model/recipe.ts';
import { parseExpr } from '../../promql/parse.ts';
import { neededRules, recordedBy } from '../../solve/index.ts';
import type { Problem, SolveRule } from '../../solve/index.ts';
import { solveStack } from '../solve-stack.ts';

/** What is recorded, held against numbers in turn until a world is known in which that turns. */
const COMPARISONS = ['> 0.5', '> 1', '> 100', '< 0.5'];

/** A recording rule that is looked at by itself. */
export interface ReadRule {
  /** The rules that it needs and itself, in their order. */
  rules: SolveRule[];
  /** An alert on what it records; in no file of the stack. */
  reader: SolveRule;
  recipe: Recipe;
}

/**
 * A world for each of these recording rules, which no proved alert reads: it tells what the rule
 * records in it from what it would record with a mistake. promtool confirms each.
 */
export async function readByThemselves(
  unread: readonly SolveRule[],
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
): Promise<ReadRule[]> {
  const found: ReadRule[] = [];
  for (const layer of layersOf(unread))
    for (const comparison of COMPARISONS) {
      const known = new Set(found.map(({ rules }) => rules.at(-1)));
      const left = layer.filter((rule) => !known.has(rule));
      if (left.length > 0)
        found.push(...(await solved(left, comparison, problem, promtool, signal)));
    }
  return found;
}

/** Rules that record under one name are each in a layer of their own. */
function layersOf(rules: readonly SolveRule[]): SolveRule[][] {
  const layers: SolveRule[][] = [];
  for (const rule of rules) {
    const layer = layers.find((own) => own.every(({ ref }) => ref.name !== rule.ref.name));
    if (layer) layer.push(rule);
    else layers.push([rule]);
  }
  return layers;
}

/** @param layer recording rules of different names */
async function solved(
  layer: readonly SolveRule[],
  comparison: string,
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
): Promise<ReadRule[]> {
  const own = new Map(layer.map((rule) => [rule.ref.name, rule]));
  const records = problem.rules.filter(
    (rule) => rule.kind === 'record' && (own.get(rule.ref.name) ?? rule) === rule,
  );
  const first = problem.rules.length;
  const readers = layer.map((rule, i) => readerOf(rule, comparison, first + i));
  const { recipes } = await solveStack(
    { ...problem, rules: [...records, ...readers] },
    promtool,
    signal,
    () => undefined,
  );
  const recorded = recordedBy(records);
  return recipes.flatMap((recipe): ReadRule[] => {
    const [rule, reader] = [layer, readers].map((all) => all[recipe.alert.index - first]);
    return rule && reader
      ? [{ rules: [...neededRules(rule, recorded), rule], reader, recipe }]
      : [];
  });
}

function readerOf(rule: SolveRule, comparison: string, index: number): SolveRule {
  const text = `${rule.ref.name} ${comparison}`;
  const parsed = parseExpr(text);
  return {
    ...rule,
    kind: 'alert',
    ref: { ...rule.ref, index },
    text,
    expr: 'expr' in parsed ? parsed.expr : undefined,
    ...{ forMs: 0, keepFiringMs: 0, labels: {}, annotations: {} },
  };
}
