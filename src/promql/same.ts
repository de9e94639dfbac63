import { eachExpr } from './ast.ts';
import type { Expr } from './ast.ts';
import { parseExpr } from './parse.ts';
import { print } from './print.ts';

/** Whether two texts are the same expression, however they are broken into lines. */
export function isSameExpression(a: string, b: string): boolean {
  if (squeezed(a) === squeezed(b)) return true;
  const [left, right] = [parseExpr(a), parseExpr(b)];
  if (!('expr' in left) || !('expr' in right)) return false;
  // The normal form doesn't say by how much an expression is shifted.
  return !isShifted(left.expr) && !isShifted(right.expr) && print(left.expr) === print(right.expr);
}

/** A quoted text, or blanks between two tokens of which one is no word. */
const TEXT_OR_BLANKS = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?<!\w)\s+|\s+(?!\w)/g;

/** Without blanks that mean nothing; texts stay as they are. */
function squeezed(text: string): string {
  const blanks = text.replace(/\s+/g, ' ').trim();
  return blanks.replace(TEXT_OR_BLANKS, (_, quoted: string | undefined) => quoted ?? '');
}

function isShifted(expr: Expr): boolean {
  let shifted = false;
  eachExpr(expr, (part) => {
    shifted ||= part.type === 'modified';
  });
  return shifted;
}
