import type { Recipe } from '../../model/recipe.ts';
import { eachExpr } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import { neededRules, recordedBy } from '../../solve/index.ts';
import type { Problem, SolveRule } from '../../solve/index.ts';
import { solveStack } from '../solve-stack.ts';

/**
 * What is recorded, held against numbers in turn: another where it was proved that it can't turn
 * at the one before.
 */
const COMPARISONS = ['> 0.5', '> 1', '< 0.5'];
/** Worlds of what looks back farther than a day cost half a minute each. */
const LONGEST_MS = 86_400_000;

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
  for (const layer of layersOf(unread.filter((rule) => longestRange(rule) <= LONGEST_MS))) {
    let left = layer;
    for (const comparison of COMPARISONS) {
      if (left.length === 0) break;
      const { read, impossible } = await solved(left, comparison, problem, promtool, signal);
      found.push(...read);
      left = impossible;
    }
  }
  return found;
}

function longestRange({ expr }: SolveRule): number {
  let longest = 0;
  if (expr)
    eachExpr(expr, (part) => {
      if (part.type === 'range') longest = Math.max(longest, part.rangeMs ?? 0);
    });
  return longest;
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

/** @param layer recording rules of different names; those that can't turn at this are told apart */
async function solved(
  layer: readonly SolveRule[],
  comparison: string,
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
): Promise<{ read: ReadRule[]; impossible: SolveRule[] }> {
  const own = new Map(layer.map((rule) => [rule.ref.name, rule]));
  const records = problem.rules.filter(
    (rule) => rule.kind === 'record' && (own.get(rule.ref.name) ?? rule) === rule,
  );
  const first = problem.rules.length;
  const readers = layer.map((rule, i) => readerOf(rule, comparison, first + i));
  const { recipes, unsolved } = await solveStack(
    { ...problem, rules: [...records, ...readers] },
    promtool,
    signal,
    () => undefined,
  );
  const recorded = recordedBy(records);
  const read = recipes.flatMap((recipe): ReadRule[] => {
    const [rule, reader] = [layer, readers].map((all) => all[recipe.alert.index - first]);
    return rule && reader
      ? [{ rules: [...neededRules(rule, recorded), rule], reader, recipe }]
      : [];
  });
  const impossible = unsolved.flatMap(({ alert, kind }) =>
    kind === 'unsatisfiable' ? (layer[alert.index - first] ?? []) : [],
  );
  return { read, impossible };
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
