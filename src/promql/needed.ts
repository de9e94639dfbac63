import type { Expr } from './ast.ts';

/** They give something where what they are given is nothing, or are no vectors. */
const FROM_NOTHING = new Set(['absent', 'absent_over_time', 'scalar', 'vector', 'time']);

/**
 * Whether an expression gives nothing where a part of it gives nothing.
 * @param within what the part is in, the whole expression first
 */
export function isNeeded(part: Expr, within: readonly Expr[]): boolean {
  return within.every((outer, i) => {
    const inner = within[i + 1] ?? part;
    if (outer.type === 'call') return !FROM_NOTHING.has(outer.name);
    if (outer.type === 'aggregate') return outer.expr === inner;
    if (outer.type !== 'binary') return outer.type !== 'unknown';
    if (outer.fill || outer.op === 'or') return false;
    return outer.op !== 'unless' || outer.left === inner;
  });
}
