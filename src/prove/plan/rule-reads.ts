import { eachExpr } from '../../promql/ast.ts';
import type { Expr, Selector } from '../../promql/ast.ts';
import { LOOKBACK_MS } from '../../promql/lookback.ts';
import { isNeeded } from '../../promql/needed.ts';
import type { Rule } from '../../stack/rules.ts';

/** Samples of one metric that a rule's expression reads. */
export interface RuleRead {
  name: string;
  selector: Selector;
  /** How old a sample may be that it finds: its range, else what an instant selector has. */
  windowMs: number;
  /** The function that takes a range. */
  takenBy: string | undefined;
  /** Whether it reads at another moment than its own: by `offset`, or `@`. */
  isShifted: boolean;
  /** Whether the rule gives nothing without it. */
  isNeeded: boolean;
}

/** What a rule reads by name, but within subqueries: those look at many moments. */
export function ruleReads({ expression: { expr } }: Pick<Rule, 'expression'>): RuleRead[] {
  const found: RuleRead[] = [];
  if (!expr) return found;
  eachExpr(expr, (part, within) => {
    if (part.type !== 'selector' || part.name === undefined) return;
    if (within.some((outer) => outer.type === 'range' && outer.subquery)) return;
    const range = within.at(-1);
    const rangeMs = range?.type === 'range' ? range.rangeMs : LOOKBACK_MS;
    if (rangeMs === undefined) return;
    found.push({
      ...{ name: part.name, selector: part, windowMs: rangeMs },
      takenBy: range?.type === 'range' ? callAround(within.slice(0, -1)) : undefined,
      isShifted: within.some(({ type }) => type === 'modified'),
      isNeeded: isNeeded(part, within),
    });
  });
  return found;
}

/** The call whose argument a range is, an `offset` in between or not. */
function callAround(within: readonly Expr[]): string | undefined {
  const outer = within.findLast(({ type }) => type !== 'modified');
  return outer?.type === 'call' ? outer.name : undefined;
}
