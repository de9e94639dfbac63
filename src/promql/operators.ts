import type { Expr } from './ast.ts';

/**
 * Lowest first; one line binds equally (promql/parser/generated_parser.y, "Operators are listed
 * with increasing precedence").
 */
const LEVELS = [
  ['or'],
  ['and', 'unless'],
  ['==', '!=', '<=', '<', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%', 'atan2'],
  ['^'],
];
const PRECEDENCE = new Map(LEVELS.flatMap((ops, level) => ops.map((op) => [op, level] as const)));
const UNARY = PRECEDENCE.get('*') ?? 0;
const POWER = PRECEDENCE.get('^') ?? 0;

/** A piece of an expression outside of its parentheses, in the order in which they are written. */
export type Piece =
  | { kind: 'operand'; expr: Expr }
  /** What follows an operand and belongs to it alone: `offset 5m`, `@ end()`, `[5m]`. */
  | { kind: 'postfix'; apply: (operand: Expr) => Expr }
  | { kind: 'prefix'; apply: (operand: Expr) => Expr }
  | { kind: 'operator'; op: string; apply: (left: Expr, right: Expr) => Expr };

/**
 * Puts pieces together as Prometheus does: what follows an operand binds closest, then `^` (from
 * the right), a sign and all others by their precedence (from the left). Undefined when something
 * is missing between them.
 */
export function combine(pieces: Piece[]): Expr | undefined {
  let at = 0;
  const operand = (): Expr | undefined => {
    const piece = pieces[at++];
    if (piece?.kind === 'prefix') {
      const inner = expression(UNARY + 1);
      return inner && piece.apply(inner);
    }
    if (piece?.kind !== 'operand') return undefined;
    let { expr } = piece;
    for (let next = pieces[at]; next?.kind === 'postfix'; next = pieces[++at])
      expr = next.apply(expr);
    return expr;
  };
  const expression = (least: number): Expr | undefined => {
    let left = operand();
    for (;;) {
      const next = pieces[at];
      if (!left || next?.kind !== 'operator') return left;
      const level = PRECEDENCE.get(next.op) ?? 0;
      if (level < least) return left;
      at++;
      const right = expression(level === POWER ? level : level + 1);
      left = right && next.apply(left, right);
    }
  };
  const whole = expression(0);
  return at === pieces.length ? whole : undefined;
}
