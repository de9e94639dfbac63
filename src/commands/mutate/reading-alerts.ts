import type { Recipe } from '../../model/recipe.ts';
import { selectors } from '../../promql/ast.ts';
import { parseExpr } from '../../promql/parse.ts';
import { widestRangeMs } from '../../promql/widest-range.ts';
import { neededRules, recordedBy } from '../../solve/index.ts';
import type { Problem, SolveRule } from '../../solve/index.ts';
import { solveStack } from '../solve-stack.ts';

/**
 * What is recorded, held against numbers in turn: another where it was proved that it can't turn
 * at the one before.
 */
const COMPARISONS = ['> 0.5', '> 1', '< 0.5'];
/** Worlds in which what is looked back at for longer than a day is recorded cost half a minute. */
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
 * records in it from what it would record with a mistake. promtool confirms each. What a rule reads
 * that is recorded itself is given to it like any other series; where no such world is found, it is
 * recorded there.
 */
export async function readByThemselves(
  unread: readonly SolveRule[],
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
): Promise<ReadRule[]> {
  const bench = { problem, promtool, signal };
  const found: ReadRule[] = [];
  for (const layer of layersOf(unread, isApart))
    found.push(...(await foundIn(layer, layer, bench)));
  const alone = new Set(found.map(({ rules }) => rules.at(-1)));
  const left = unread.filter((rule) => !alone.has(rule) && widestRangeMs(rule.text) <= LONGEST_MS);
  const records = problem.rules.filter(({ kind }) => kind === 'record');
  for (const layer of layersOf(left, isNamedOtherwise)) {
    const own = new Map(layer.map((rule) => [rule.ref.name, rule]));
    const others = records.filter((rule) => (own.get(rule.ref.name) ?? rule) === rule);
    found.push(...(await foundIn(layer, others, bench)));
  }
  return found;
}

/** Layers of rules any two of which may be looked at together. */
function layersOf(rules: readonly SolveRule[], fits: typeof isApart): SolveRule[][] {
  const layers: SolveRule[][] = [];
  for (const rule of rules) {
    const layer = layers.find((own) => own.every((other) => fits(rule, other)));
    if (layer) layer.push(rule);
    else layers.push([rule]);
  }
  return layers;
}

/** Whether two rules record under different names, so that each has readers of its own. */
function isNamedOtherwise(a: SolveRule, b: SolveRule): boolean {
  return a.ref.name !== b.ref.name;
}

/** Whether neither reads the other besides. */
function isApart(a: SolveRule, b: SolveRule): boolean {
  return isNamedOtherwise(a, b) && !reads(a, b) && !reads(b, a);
}

function reads({ expr }: SolveRule, { ref }: SolveRule): boolean {
  return expr !== undefined && selectors(expr).some(({ name }) => name === ref.name);
}

/** What worlds are found with. */
interface Workbench {
  problem: Problem;
  promtool: string;
  signal: AbortSignal;
}

/**
 * A world for each rule of a layer, by the first number at which what it records turns.
 * @param records the rules that record in it, those of the layer among them
 */
async function foundIn(
  layer: SolveRule[],
  records: readonly SolveRule[],
  bench: Workbench,
): Promise<ReadRule[]> {
  const found: ReadRule[] = [];
  let left = layer;
  for (const comparison of COMPARISONS) {
    if (left.length === 0) break;
    const { read, impossible } = await solved(left, comparison, records, bench);
    found.push(...read);
    left = impossible;
  }
  return found;
}

/** @param layer recording rules of different names; those that can't turn at this are told apart */
async function solved(
  layer: readonly SolveRule[],
  comparison: string,
  records: readonly SolveRule[],
  { problem, promtool, signal }: Workbench,
): Promise<{ read: ReadRule[]; impossible: SolveRule[] }> {
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
