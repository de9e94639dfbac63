/**
 * PromQL as the rules see it; made from Prometheus's own grammar. Offsets are those of the
 * expression's text.
 */
export type Expr =
  | NumberExpr
  | StringExpr
  | Selector
  | Range
  | Modified
  | Unary
  | Binary
  | Aggregate
  | Call
  | Unknown;

interface At {
  from: number;
  to: number;
}

export interface NumberExpr extends At {
  type: 'number';
  value: number;
}

export interface StringExpr extends At {
  type: 'string';
  value: string;
}

export type MatchOp = '=' | '!=' | '=~' | '!~';

export interface Matcher extends At {
  label: string;
  op: MatchOp;
  value: string;
}

export interface Selector extends At {
  type: 'selector';
  /** Undefined when it selects by labels only. */
  name: string | undefined;
  matchers: Matcher[];
}

/** `x[5m]` or the subquery `x[1h:1m]`. */
export interface Range extends At {
  type: 'range';
  expr: Expr;
  /** Undefined when it isn't a literal. */
  rangeMs: number | undefined;
  /** Where the range itself is written. */
  rangeAt: At;
  subquery: boolean;
  /** A subquery's step; undefined for the default one, and for what is no literal. */
  stepMs: number | undefined;
}

/** `offset`, `@` and the like: what they are put to keeps its labels and type. */
export interface Modified extends At {
  type: 'modified';
  expr: Expr;
  modifier: Modifier;
}

/** Where an expression looks; undefined for what is no literal. */
export type Modifier =
  | { kind: 'offset'; ms: number | undefined }
  | { kind: 'at'; seconds: number | 'start' | 'end' | undefined }
  /** Written with a word that isn't understood: `anchored`, `smoothed`. */
  | { kind: 'other'; word: string };

export interface Unary extends At {
  type: 'unary';
  op: '-' | '+';
  expr: Expr;
}

export interface Binary extends At {
  type: 'binary';
  op: string;
  opAt: At;
  left: Expr;
  right: Expr;
  bool: boolean;
  /** `on (…)` or `ignoring (…)`. */
  matching: { kind: 'on' | 'ignoring'; labels: Label[] } | undefined;
  group: { side: 'left' | 'right'; include: string[] } | undefined;
  /** `fill(…)`: both sides needn't match. */
  fill: boolean;
}

export interface Label extends At {
  name: string;
}

export interface Aggregate extends At {
  type: 'aggregate';
  op: string;
  grouping: { kind: 'by' | 'without'; labels: Label[] } | undefined;
  param: Expr | undefined;
  expr: Expr;
}

export interface Call extends At {
  type: 'call';
  name: string;
  args: Expr[];
}

/** What can't be understood: nothing is said about it. */
export interface Unknown extends At {
  type: 'unknown';
}

export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);
const TURNED: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' };
/** A comparison with its sides exchanged: `5 > x` is `x < 5`. */
export function turned(comparison: string): string {
  return TURNED[comparison] ?? comparison;
}

export const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);

/** The direct parts of an expression. */
export function children(expr: Expr): Expr[] {
  switch (expr.type) {
    case 'range':
    case 'modified':
    case 'unary':
      return [expr.expr];
    case 'binary':
      return [expr.left, expr.right];
    case 'aggregate':
      return expr.param ? [expr.param, expr.expr] : [expr.expr];
    case 'call':
      return expr.args;
    case 'number':
    case 'string':
    case 'selector':
    case 'unknown':
      return [];
  }
}

interface Part {
  part: Expr;
  within: readonly Expr[];
}

/** Of each expression that was walked: dozens of rules walk the same, and nobody changes a tree. */
const walked = new WeakMap<Expr, readonly Part[]>();

/** Calls `visit` with each part, outermost first, and with what it stands in, outermost first. */
export function eachExpr(expr: Expr, visit: (part: Expr, within: readonly Expr[]) => void): void {
  let parts = walked.get(expr);
  if (!parts) {
    parts = partsOf(expr, []);
    walked.set(expr, parts);
  }
  for (const { part, within } of parts) visit(part, within);
}

function partsOf(part: Expr, within: readonly Expr[]): Part[] {
  const inside = [...within, part];
  return [{ part, within }, ...children(part).flatMap((child) => partsOf(child, inside))];
}

/** All selectors of an expression. */
export function selectors(expr: Expr): Selector[] {
  const found: Selector[] = [];
  eachExpr(expr, (part) => {
    if (part.type === 'selector') found.push(part);
  });
  return found;
}
