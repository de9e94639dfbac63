import type { Expr, Matcher } from './ast.ts';
import { children } from './ast.ts';
import { isNeverNegative } from './never-negative.ts';

/** Pairs of node_exporter's gauges of which the first is a part of the second. */
const PARTS: [RegExp, RegExp][] = [
  [/^node_filesystem_(avail|free)_bytes$/, /^node_filesystem_size_bytes$/],
  [/^node_filesystem_files_free$/, /^node_filesystem_files$/],
  [/^node_memory_(MemAvailable|MemFree|Buffers|Cached)_bytes$/, /^node_memory_MemTotal_bytes$/],
  [/^node_memory_SwapFree_bytes$/, /^node_memory_SwapTotal_bytes$/],
];
const GROWTH = new Set(['rate', 'irate', 'increase']);
const ADDITIVE = new Set(['sum', 'count']);

/**
 * Whether the first is surely a part of the second, so that their ratio lies between 0 and 1:
 * the same expression, with matchers added or a gauge that is part of another.
 */
export function isPartOf(part: Expr, whole: Expr, counted = false): boolean {
  if (whole.type === 'binary' && whole.op === '+' && !whole.matching)
    return (
      [whole.left, whole.right].every(grows) &&
      [whole.left, whole.right].some((term) => isPartOf(part, term, counted))
    );
  if (part.type === 'selector' && whole.type === 'selector') {
    const named =
      part.name !== undefined &&
      (part.name === whole.name
        ? // Of a gauge that falls below 0 one part may be more than the whole.
          counted || isNeverNegative(part.name)
        : PARTS.some(([a, b]) => a.test(part.name ?? '') && b.test(whole.name ?? '')));
    return named && whole.matchers.every((m) => part.matchers.some((o) => sameMatcher(m, o)));
  }
  if (part.type !== whole.type || !sameShape(part, whole)) return false;
  const [parts, wholes] = [children(part), children(whole)];
  return (
    parts.length === wholes.length &&
    parts.every((p, i) => {
      const w = wholes[i];
      return (
        w !== undefined &&
        (p.type === 'number'
          ? w.type === 'number' && p.value === w.value
          : isPartOf(p, w, counted || part.type === 'call' || countsIn(part)))
      );
    })
  );
}

/**
 * Whether the first is surely what is left of the second, or of a part of it, when something that
 * is never below 0 is taken away: then it is no more than the second.
 */
export function isLeftOf(part: Expr, whole: Expr, isNeverBelow: (taken: Expr) => boolean): boolean {
  if (part.type === 'aggregate' && whole.type === 'aggregate')
    return (
      part.op === 'sum' && sameShape(part, whole) && isLeftOf(part.expr, whole.expr, isNeverBelow)
    );
  return (
    part.type === 'binary' &&
    part.op === '-' &&
    // Joined by some labels it has those alone, or stands there several times.
    !part.matching &&
    !part.fill &&
    isPartOf(part.left, whole) &&
    isNeverBelow(part.right)
  );
}

function countsIn(expr: Expr): boolean {
  return expr.type === 'aggregate' && expr.op === 'count';
}

/** Whether it is a sum of what never falls below 0 because it grows. */
function grows(expr: Expr): boolean {
  if (expr.type === 'aggregate') return expr.op === 'sum' && grows(expr.expr);
  if (expr.type === 'binary') return expr.op === '+' && [expr.left, expr.right].every(grows);
  return expr.type === 'call' && GROWTH.has(expr.name);
}

/** Whether two matchers ask for the same in the same words. */
export function sameMatcher(a: Matcher, b: Matcher): boolean {
  return a.label === b.label && a.op === b.op && a.value === b.value;
}

function sameShape(a: Expr, b: Expr): boolean {
  if (a.type === 'range' && b.type === 'range')
    return a.rangeMs !== undefined && a.rangeMs === b.rangeMs;
  if (a.type === 'call' && b.type === 'call') return a.name === b.name && GROWTH.has(a.name);
  if (a.type === 'aggregate' && b.type === 'aggregate')
    return (
      a.op === b.op &&
      ADDITIVE.has(a.op) &&
      a.grouping?.kind === b.grouping?.kind &&
      labels(a) === labels(b)
    );
  return false;
}

function labels(expr: Extract<Expr, { type: 'aggregate' }>): string {
  return (
    expr.grouping?.labels
      .map((l) => l.name)
      .toSorted()
      .join() ?? ''
  );
}
