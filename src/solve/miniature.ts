import type { Miniature, RecipeSeries } from '../model/recipe.ts';
import { children } from '../promql/ast.ts';
import type { Expr, Matcher, Selector } from '../promql/ast.ts';
import { samples } from '../promql/regex/sample.ts';
import { typeOf } from '../promql/type-of.ts';
import { Bench } from './bench.ts';
import type { Recorded } from './leaves.ts';
import { recipeSeriesOf } from './recipe-series.ts';
import type { SolveRule } from './rules.ts';
import { setupsFor } from './setups.ts';
import { baseState, highState } from './states.ts';

/** Small enough for any honest rule. */
const BUDGET = 2_000_000;

/**
 * A small world for a rule that can never fire: all that it reads is there, at 1, at 0 and beyond
 * its largest number, and what is compared gives something; the part that makes it so gives nothing
 * all the same.
 * @param part of the expression that is proved to give nothing
 */
export function miniatureOf(
  rule: SolveRule,
  expr: Expr,
  part: Expr,
  recorded: Recorded,
  scrapeMs: number,
): Miniature | undefined {
  const [setup] = setupsFor(rule, expr, recorded);
  if (!setup) return undefined;
  const budget = { samples: BUDGET, times: 1 };
  const bench = new Bench(rule, expr, recorded, scrapeMs, new Set(), setup, budget);
  const base = baseState(bench.leaves).map((own) => ({ ...own, present: true }));
  const states = [
    base,
    base.map((own) => ({ ...own, value: 0, perSecond: 0 })),
    highState(bench.leaves, bench.constants).map((own) => ({ ...own, present: true })),
  ];
  const lengthMs = bench.onGrid(bench.heldMs + bench.windowMs + bench.scrapeMs);
  const world = bench.world(states, [0, lengthMs, 2 * lengthMs]);
  // A query of the engine sees all that the world has: at its end nothing is still to come.
  const ends = looksAhead(part)
    ? [states.length * lengthMs]
    : states.map((_, i) => (i + 1) * lengthMs - bench.evaluationMs);
  const context = bench.context(world, ends[0] ?? 0);
  const text = (e: Expr): string => rule.text.slice(e.from, e.to);
  const gives = operandsOf(part).flatMap((operand) => {
    const atMs = ends.find((tMs) => bench.instances(context, tMs, operand).length > 0);
    return atMs === undefined ? [] : [{ expr: text(operand), atMs }];
  });
  const contrary = part.type === 'selector' && !recorded.has(part.name ?? '') ? beside(part) : [];
  return {
    series: [...recipeSeriesOf(world), ...contrary],
    gives,
    nothing: ends.map((atMs) => ({ expr: text(part), atMs })),
    timeline: {
      scrapeMs: bench.scrapeMs,
      evaluationMs: bench.evaluationMs,
      overAtMs: lengthMs,
      calmAtMs: 2 * lengthMs,
      endMs: 3 * lengthMs,
    },
  };
}

function looksAhead(expr: Expr): boolean {
  const ahead =
    expr.type === 'modified' && expr.modifier.kind === 'offset' && (expr.modifier.ms ?? 0) < 0;
  return ahead || children(expr).some(looksAhead);
}

function operandsOf(part: Expr): Expr[] {
  return children(part).filter((e) => typeOf(e) === 'vector');
}

/** For matchers that nothing passes: a series for each of them, which passes that one. */
function beside({ name, matchers }: Selector): RecipeSeries[] {
  if (name === undefined) return [];
  const one = { kind: 'value' as const, value: 1 };
  return matchers.flatMap((matcher) => {
    const value = valueFor(matcher);
    const labels = { job: 'job-1', instance: 'host-1:9100', [matcher.label]: value };
    return value === ''
      ? []
      : [{ metric: name, labels, shapes: { near: one, over: one, calm: one } }];
  });
}

function valueFor({ op, value }: Matcher): string {
  if (op === '=') return value;
  return op === '=~' ? (samples(value).find((text) => text !== '') ?? '') : 'other';
}
