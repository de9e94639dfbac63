import type { Expr } from '../promql/ast.ts';
import type { Bounds } from '../promql/bounds.ts';
import { COUNTER_FUNCTIONS } from '../promql/functions.ts';

/**
 * Bounds of what grows, whatever its metric is called: the worlds that are made have counters
 * there. That nothing else is possible is claimed of names alone that are a counter's.
 */
export function grownBounds(part: Expr): Bounds | undefined {
  return part.type === 'call' && COUNTER_FUNCTIONS.has(part.name)
    ? { min: 0, max: Infinity }
    : undefined;
}
