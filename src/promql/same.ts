import { eachExpr } from './ast.ts';
import type { Expr } from './ast.ts';
import { parseExpr } from './parse.ts';
import { print } from './print.ts';

/** Whether two texts are the same expression, however they are broken into lines. */
export function isSameExpression(a: string, b: string): boolean {
  if (squeezed(a) === squeezed(b)) return true;
  const [left, right] = [parseExpr(a), parseExpr(b)];
  if (!('expr' in left) || !('expr' in right)) return false;
  return isClear(left.expr) && isClear(right.expr) && print(left.expr) === print(right.expr);
}

/** A quoted text, or blanks between two tokens of which one is no word. */
const TEXT_OR_BLANKS = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(?<!\w)\s+|\s+(?!\w)/g;

/** Without blanks that mean nothing; texts stay as they are. */
function squeezed(text: string): string {
  const blanks = text.replace(/\s+/g, ' ').trim();
  return blanks.replace(TEXT_OR_BLANKS, (_, quoted: string | undefined) => quoted ?? '');
}

/** Whether nothing of it is known by its place alone, which is another in another text. */
function isClear(expr: Expr): boolean {
  let clear = true;
  eachExpr(expr, (part) => {
    clear &&= !isUnclear(part);
  });
  return clear;
}

function isUnclear(part: Expr): boolean {
  switch (part.type) {
    case 'unknown':
      return true;
    case 'range':
      return part.rangeMs === undefined;
    case 'binary':
      return part.fill;
    case 'modified': {
      const { modifier } = part;
      return (
        (modifier.kind === 'offset' && modifier.ms === undefined) ||
        (modifier.kind === 'at' && modifier.seconds === undefined)
      );
    }
    case 'number':
    case 'string':
    case 'selector':
    case 'unary':
    case 'aggregate':
    case 'call':
      return false;
  }
}
