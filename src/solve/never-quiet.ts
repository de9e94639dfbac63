import type { Unsolved } from '../model/recipe.ts';
import { children, COMPARISONS } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { SolveRule } from './rules.ts';

/** What was seen of an alert for which no pair of worlds was found. */
export interface Seen {
  /** A world in which it fires. */
  fires: boolean;
  /** One in which it doesn't. */
  quiet: boolean;
}

/** What fires, and was never seen to begin: nothing says that it should. */
export function neverBegins(rule: SolveRule, expr: Expr, { quiet }: Seen): Unsolved {
  return {
    alert: rule.ref,
    kind: 'not-understood',
    reason: quiet
      ? 'it fires in some worlds and not in others, but none was found in which it begins and ends'
      : `it fires in every world that was tried; none keeps it quiet${why(expr, rule.text)}`,
    construct: quiet ? 'how it begins and ends' : 'what keeps it quiet',
  };
}

/** Mistakes by which an alert fires whatever its values are. */
function why(expr: Expr, text: string): string {
  const said = (part: Expr): string => `\`${text.slice(part.from, part.to).trim()}\``;
  if (isComparing(expr) && expr.type === 'binary' && expr.bool)
    return `: \`${expr.op} bool\` gives 0 where it isn't true, and an alert fires on any value`;
  const operands = operandsOf(expr);
  const whole = operands.filter(isUnasked);
  const [first] = whole;
  if (operands.length < 2 || !first) return '';
  const compared = operands.find(isComparing);
  return compared
    ? `: \`or\` binds last, so ${said(compared)} is compared by itself, and ${said(first)} fires whatever it is`
    : `: of what \`or\` joins nothing is compared, and ${said(first)} fires whatever it is`;
}

/** What `or` joins, from left to right. */
function operandsOf(expr: Expr): Expr[] {
  return expr.type === 'binary' && expr.op === 'or'
    ? [...operandsOf(expr.left), ...operandsOf(expr.right)]
    : [expr];
}

/** Whether it is there whatever its values are. */
function isUnasked(expr: Expr): boolean {
  const asks = (part: Expr): boolean =>
    part.type === 'binary' && (isComparing(part) || part.op === 'and' || part.op === 'unless');
  return !asks(expr) && children(expr).every(isUnasked);
}

function isComparing(expr: Expr): boolean {
  return expr.type === 'binary' && COMPARISONS.has(expr.op);
}
