import { children } from '../ast.ts';
import type { Expr, Range } from '../ast.ts';
import { newMemo, spend, unmodified } from './context.ts';
import type { Context } from './context.ts';
import { signature } from './label-tools.ts';
import { EvaluationError, NotUnderstood } from './types.ts';
import type { Element, Labels, Needless, Sample, SampleRange } from './types.ts';

/** What a native histogram costs, in samples. */
const HISTOGRAM = 20;
/**
 * What a step of a subquery costs beside its samples, in samples; one that only looks, less, and
 * one that was evaluated before, hardly anything.
 */
const STEP = 150;
const LOOK = 10;
const KNOWN = 1;

/** Evaluates what a subquery has inside, at one of its steps. */
export type Inner = (expr: Expr, context: Context) => Element[];

/** One series of a range and the window it was taken from. */
export interface Window extends SampleRange {
  fromMs: number;
  toMs: number;
}

/**
 * The windows that a range has at one moment.
 * @param needless samples that may be left out
 * @throws EvaluationError when it is no range, NotUnderstood
 */
export function windowsOf(
  expr: Expr,
  context: Context,
  inner: Inner,
  needless?: Needless,
): Window[] {
  if (expr.type === 'modified') {
    const { expr: range, tMs } = unmodified(expr, context.tMs);
    return windowsOf(range, { ...context, tMs }, inner, needless);
  }
  if (expr.type !== 'range') throw new EvaluationError('a range is expected');
  if (expr.rangeMs === undefined) throw new NotUnderstood('a range that is no literal');
  const [fromMs, toMs] = [context.tMs - expr.rangeMs, context.tMs];
  const series = expr.subquery
    ? subquery(expr, context, fromMs, inner)
    : ofRange(expr.expr, context, fromMs, needless);
  return series.map((s) => ({ ...s, fromMs, toMs }));
}

function ofRange(
  expr: Expr,
  context: Context,
  fromMs: number,
  needless: Needless | undefined,
): SampleRange[] {
  if (expr.type !== 'selector') throw new EvaluationError('only a selector has a range');
  const { knownMs = Infinity, storage } = context;
  const toMs = Math.min(context.tMs, knownMs);
  const series = toMs > fromMs ? storage.range(expr, fromMs, toMs, needless) : [];
  for (const { samples } of series)
    spend(context, 1 + samples.length * (samples[0]?.histogram ? HISTOGRAM : 1));
  return series;
}

/** Evaluated at every multiple of the step in (from, now]. */
function subquery(
  expr: Range,
  context: Context,
  fromMs: number,
  inner: Inner,
): { labels: Labels; samples: Sample[] }[] {
  const step = expr.stepMs ?? context.stepMs;
  if (step <= 0) throw new EvaluationError('a step of 0');
  const found = new Map<string, { labels: Labels; samples: Sample[] }>();
  const steps = context.steps ?? (hasSubquery(expr.expr) ? newMemo() : undefined);
  const isKnown = (tMs: number): boolean => steps?.get(tMs)?.has(expr.expr) ?? false;
  for (let tMs = (Math.floor(fromMs / step) + 1) * step; tMs <= context.tMs; tMs += step) {
    spend(context, isKnown(tMs) ? KNOWN : expr.expr.type === 'selector' ? LOOK : STEP);
    const at: Context = { ...context, tMs, ...(steps && { steps }), memo: steps };
    for (const { labels, value, histogram } of inner(expr.expr, at)) {
      const key = signature(labels);
      const series = found.get(key) ?? { labels, samples: [] };
      found.set(key, series);
      series.samples.push(histogram ? { tMs, value, histogram } : { tMs, value });
    }
  }
  return [...found.values()];
}

function hasSubquery(expr: Expr): boolean {
  return (expr.type === 'range' && expr.subquery) || children(expr).some(hasSubquery);
}
