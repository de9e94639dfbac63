import { COMPARISONS } from '../promql/ast.ts';
import type { Binary, Call, Expr, Modified, Range } from '../promql/ast.ts';
import { truth } from '../promql/bounds.ts';
import { constantOf } from '../promql/constant.ts';
import { mayPassNaN } from '../promql/sure-number.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import { formatDuration } from '../lib/duration.ts';

/** What is 0 where a value stays the same. */
const OF_CHANGE =
  /^(rate|irate|increase|delta|idelta|deriv|changes|resets|stddev_over_time|stdvar_over_time|mad_over_time)$/;

/** Why a call that looks ahead of the moment of evaluation gives nothing. */
export function nothingAhead(call: Call): string | undefined {
  const window = aheadOf(call);
  return window && !window.range.subquery && call.name !== 'absent_over_time'
    ? `it looks at the ${formatDuration(window.range.rangeMs ?? 0)} after the moment of evaluation: ` +
        'nothing is there yet'
    : undefined;
}

/** Why a selector that looks further ahead than a newest sample lasts gives nothing. */
export function nothingSampledAhead({ expr, modifier }: Modified): string | undefined {
  if (modifier.kind !== 'offset' || modifier.ms === undefined || expr.type !== 'selector')
    return undefined;
  return modifier.ms <= -LOOKBACK_MS
    ? `it looks ${formatDuration(-modifier.ms)} ahead of the moment of evaluation: nothing is there yet`
    : undefined;
}

/** Why what looks ahead of the moment of evaluation never passes a comparison. */
export function nothingGrowsAhead(comparison: Binary): string | undefined {
  const { op, bool, left, right } = comparison;
  const limit = constantOf(right);
  if (!COMPARISONS.has(op) || bool || limit === undefined || left.type !== 'call') return undefined;
  const window = aheadOf(left);
  if (!window?.range.subquery || !OF_CHANGE.test(left.name)) return undefined;
  // Where it begins at the moment of evaluation at the earliest, each step finds the same sample.
  if (window.range.expr.type !== 'selector') return undefined;
  if (mayPassNaN(comparison)) return undefined;
  if (truth({ min: 0, max: 0 }, op, { min: limit, max: limit }) !== 'never') return undefined;
  return (
    `it looks at the ${formatDuration(window.range.rangeMs ?? 0)} after the moment of evaluation, ` +
    `where each step of the subquery finds the newest sample again: nothing ever changes there, ` +
    `\`${op} ${limit}\` is never true`
  );
}

/** The range that a call reads, where all of it lies after the moment of evaluation. */
function aheadOf({ args }: Call): { range: Range } | undefined {
  for (const arg of args) {
    const found = shiftedRange(arg, 0);
    if (found && -found.agoMs >= (found.range.rangeMs ?? Infinity)) return found;
  }
  return undefined;
}

function shiftedRange(expr: Expr, agoMs: number): { range: Range; agoMs: number } | undefined {
  if (expr.type === 'range') return { range: expr, agoMs };
  if (expr.type !== 'modified' || expr.modifier.kind !== 'offset') return undefined;
  return expr.modifier.ms === undefined
    ? undefined
    : shiftedRange(expr.expr, agoMs + expr.modifier.ms);
}
