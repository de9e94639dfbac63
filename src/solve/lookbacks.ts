import { children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import type { Recorded } from './leaves.ts';
import { isSampledAt } from './moment-bounds.ts';

/** More different moments than this are not looked at. */
const MOST = 8;

/**
 * How long ago what an expression looks at lies: the beginning and the end of each window, through
 * recording rules; ms, each once, the shortest first.
 */
export function lookbacksOf(expr: Expr, recorded: Recorded): number[] {
  const found = new Set<number>();
  const go = (e: Expr, fromMs: number, toMs: number, through: readonly string[]): void => {
    if (e.type === 'range') return go(e.expr, fromMs, toMs + (e.rangeMs ?? 0), through);
    if (e.type === 'modified') {
      const agoMs = e.modifier.kind === 'offset' ? Math.max(0, e.modifier.ms ?? 0) : 0;
      return go(e.expr, fromMs + agoMs, toMs + agoMs, through);
    }
    if (e.type === 'call' && isSampledAt(e))
      return e.args.forEach((arg) => go(arg, fromMs, toMs + LOOKBACK_MS, through));
    if (e.type !== 'selector') {
      for (const part of children(e)) go(part, fromMs, toMs, through);
      return;
    }
    const rules = e.name === undefined ? undefined : recorded.get(e.name);
    if (!rules || through.includes(e.name ?? '')) found.add(fromMs).add(toMs);
    else
      for (const { expr: inner } of rules)
        if (inner) go(inner, fromMs, toMs, [...through, e.name ?? '']);
  };
  go(expr, 0, 0, []);
  return [...found].sort((a, b) => a - b).slice(0, MOST);
}

/**
 * How long ago a change should be for an expression to see some of it and not yet all, ms: just
 * before it reaches further back, half way, and so that it goes on to see it for as long as `for`
 * asks; the longest first.
 * @param lastMs where set, how long before the end of that nothing more is to be seen: how old a
 * sample is hangs on it
 */
export function delaysFor(lookbacks: readonly number[], forMs: number, lastMs?: number): number[] {
  const longest = lookbacks.at(-1) ?? 0;
  const latest = lastMs === undefined ? [] : [longest - forMs - lastMs];
  const halves = [longest / 2, (longest - forMs) / 2, ...latest].filter((ms) => ms > 0);
  const delays = new Set([...lookbacks.slice(0, -1), ...halves]);
  return [...delays].sort((a, b) => b - a);
}
