import { describe, expect, it } from 'vitest';
import { parseExpr } from '../../src/promql/parse.ts';

const parsed = (text: string): unknown => {
  const result = parseExpr(text);
  return 'expr' in result ? result.expr : result;
};

describe('where an expression looks', () => {
  it.each([
    ['x offset 5m', { kind: 'offset', ms: 300_000 }],
    ['x offset -5m', { kind: 'offset', ms: -300_000 }],
    ['x offset (5m + 1h)', { kind: 'offset', ms: 3_900_000 }],
    ['x @ 100', { kind: 'at', seconds: 100 }],
    ['x @ -3', { kind: 'at', seconds: -3 }],
    ['x @ start()', { kind: 'at', seconds: 'start' }],
    ['x @ end()', { kind: 'at', seconds: 'end' }],
  ])('%s', (text, modifier) => {
    expect(parsed(text)).toMatchObject({ type: 'modified', modifier });
  });

  it('the step of a subquery', () => {
    expect(parsed('x[1h:5m]')).toMatchObject({ subquery: true, stepMs: 300_000 });
    expect(parsed('x[1h:]')).toMatchObject({ subquery: true, stepMs: undefined });
    expect(parsed('x[1h]')).toMatchObject({ subquery: false, stepMs: undefined });
  });
});
