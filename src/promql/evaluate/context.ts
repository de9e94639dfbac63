import type { Expr, Selector } from '../ast.ts';
import { LOOKBACK_MS } from '../lookback.ts';
import { NotUnderstood, TooExpensive } from './types.ts';
import type { Element, Labels, Sample, Storage, Value } from './types.ts';

/** Where and when an expression is evaluated. */
export interface Context {
  storage: Storage;
  tMs: number;
  /** Step of a subquery that names none: the evaluation interval. */
  stepMs: number;
  /** How many samples may still be looked at; shared by all parts of an evaluation. */
  budget: { samples: number };
  /** Where set, samples after this moment aren't there yet, as when a rule is evaluated at it. */
  knownMs?: number;
  /**
   * What the steps of a subquery gave, where another one has it inside and asks for them again and
   * again.
   */
  steps?: Memo;
  /** What was evaluated over this storage already, by moment; only where somebody asks again. */
  memo?: Memo | undefined;
}

/** Values by the moment and the part of the expression. */
export type Memo = Map<number, Map<Expr, Value>>;

export const newMemo = (): Memo => new Map();

/** The newest samples at a moment, as far as they are there already. */
export function newest(
  { storage, knownMs = Infinity }: Context,
  selector: Selector,
  tMs: number,
): { labels: Labels; sample: Sample }[] {
  if (tMs - LOOKBACK_MS >= knownMs) return [];
  return storage.instant(selector, Math.min(tMs, knownMs));
}

/** Takes from the budget. @throws TooExpensive when it is used up */
export function spend({ budget }: Context, samples: number): void {
  budget.samples -= samples;
  if (budget.samples < 0) throw new TooExpensive('it looks at too many samples');
}

/** A sample with its series' labels. */
export function elementOf(labels: Labels, { value, histogram }: Sample): Element {
  return histogram ? { labels, value, histogram } : { labels, value };
}

/**
 * What is modified, and the moment at which it is evaluated: whichever stands first, `@` says from
 * which moment an `offset` counts. @throws NotUnderstood
 */
export function unmodified(expr: Expr, tMs: number): { expr: Expr; tMs: number } {
  let inner = expr;
  let [fromMs, offsetMs] = [tMs, 0];
  for (; inner.type === 'modified'; inner = inner.expr) {
    const { modifier } = inner;
    if (modifier.kind === 'other') throw new NotUnderstood(`\`${modifier.word}\``);
    if (modifier.kind === 'at') fromMs = momentOf(modifier.seconds, tMs);
    else if (modifier.ms === undefined) throw new NotUnderstood('an `offset` that is no literal');
    else offsetMs += modifier.ms;
  }
  return { expr: inner, tMs: fromMs - offsetMs };
}

/** Of a rule's evaluation the beginning and the end are the same moment. */
function momentOf(seconds: number | 'start' | 'end' | undefined, tMs: number): number {
  if (seconds === 'start' || seconds === 'end') return tMs;
  if (seconds === undefined) throw new NotUnderstood('an `@` that is no literal');
  return seconds * 1000;
}
