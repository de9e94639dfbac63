import { COMPARISONS, eachExpr, turned } from './ast.ts';
import type { Expr } from './ast.ts';
import { constantOf } from './constant.ts';

/** A comparison of an expression with a number, as it reads with the number on the right. */
export interface ComparedWith {
  op: string;
  value: number;
}

/** Everything that an expression compares with a number, in the order of its text. */
export function limitsOf(expr: Expr): ComparedWith[] {
  const found: (ComparedWith & { from: number })[] = [];
  eachExpr(expr, (part) => {
    if (part.type !== 'binary' || !COMPARISONS.has(part.op)) return;
    const [left, right] = [constantOf(part.left), constantOf(part.right)];
    if (right !== undefined && left === undefined)
      found.push({ op: part.op, value: right, from: part.right.from });
    if (left !== undefined && right === undefined)
      found.push({ op: turned(part.op), value: left, from: part.left.from });
  });
  return found.sort((a, b) => a.from - b.from).map(({ op, value }) => ({ op, value }));
}
