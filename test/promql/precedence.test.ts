import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/promql/ast.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { widestRangeMs } from '../../src/promql/widest-range.ts';

/** The tree with every part in brackets of its own. */
function shape(expr: Expr): string {
  switch (expr.type) {
    case 'binary':
      return `(${shape(expr.left)} ${expr.op} ${shape(expr.right)})`;
    case 'unary':
      return `(${expr.op}${shape(expr.expr)})`;
    case 'modified':
      return `<${shape(expr.expr)} ${expr.modifier.kind}>`;
    case 'range':
      return `<${shape(expr.expr)}[]>`;
    case 'selector':
      return expr.name ?? '';
    case 'number':
      return String(expr.value);
    case 'call':
      return `${expr.name}(${expr.args.map(shape).join()})`;
    case 'aggregate':
    case 'string':
    case 'unknown':
      return expr.type;
  }
}

const parsed = (text: string): Expr => {
  const result = parseExpr(text);
  if ('message' in result) throw new Error(result.message);
  return result.expr;
};

describe('what follows an operand belongs to it alone', () => {
  const operators = ['or', 'and', 'unless', '==', '!=', '<', '>', '<=', '>='].concat([
    '+',
    '-',
    '*',
    '/',
    '%',
    'atan2',
    '^',
  ]);
  const modifiers = ['offset 10m', '@ 10', '@ end()', '@ start() offset 5m', '[1h:1m]'];
  it.each(operators.flatMap((op) => modifiers.map((modifier) => [op, modifier] as const)))(
    'a %s b %s',
    (op, modifier) => {
      const tail = shape(parsed(`b ${modifier}`));
      expect(shape(parsed(`a ${op} b ${modifier}`))).toBe(`(a ${op} ${tail})`);
      expect(shape(parsed(`a ${modifier} ${op} b`))).toBe(`(${tail.replace('b', 'a')} ${op} b)`);
    },
  );

  it.each([
    ['a - b offset 10m', '(a - <b offset>)'],
    ['a + b offset 1m * c', '(a + (<b offset> * c))'],
    ['a + b @ 10 * c', '(a + (<b at> * c))'],
    ['a * b offset 1m + c', '((a * <b offset>) + c)'],
    ['a and b offset 5m or c', '((a and <b offset>) or c)'],
    ['(a - b) offset 10m', '<(a - b) offset>'],
    ['-a offset 5m', '(-<a offset>)'],
    ['1 - -a offset 5m', '(1 - (-<a offset>))'],
    ['-a ^ b', '(-(a ^ b))'],
    ['-a * b', '((-a) * b)'],
    ['a ^ b ^ c', '(a ^ (b ^ c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a > bool b offset 1h', '(a > <b offset>)'],
    ['rate(a[5m] offset 3m) - rate(b[5m])', '(rate(<<a[]> offset>) - rate(<b[]>))'],
    ['a - max_over_time(b[1h:5m] @ end() offset 1m)', '(a - max_over_time(<<<b[]> at> offset>))'],
  ])('%s', (text, expected) => {
    expect(shape(parsed(text))).toBe(expected);
  });

  it('each part stands where it is written', () => {
    const text = 'sum(a) - b offset 10m > 0';
    const tree = parsed(text);
    const places = (expr: Expr): string[] => [
      text.slice(expr.from, expr.to),
      ...(expr.type === 'binary' ? [...places(expr.left), ...places(expr.right)] : []),
    ];
    expect(places(tree)).toEqual([text, 'sum(a) - b offset 10m', 'sum(a)', 'b offset 10m', '0']);
  });
});

describe('how far back an expression looks', () => {
  it.each([
    ['rate(a[5m]) - b offset 10m', 600_000],
    ['rate(a[5m] offset 10m) - b', 900_000],
    ['max_over_time(rate(a[5m])[1h:1m])', 3_900_000],
    ['a offset -5m', 0],
    ['up == 0', 0],
  ])('%s: %d ms', (text, ms) => {
    expect(widestRangeMs(text)).toBe(ms);
  });
});
