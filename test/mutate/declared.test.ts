import { expect, it } from 'vitest';
import type { Fate, MutantResult } from '../../src/model/mutation.ts';
import { withDeclared, wronglyDeclared } from '../../src/mutate/declared.ts';

const DECLARED = [
  {
    of: 'alert A',
    mistake: 'matcher-widened',
    becomes: ['=~"idle.*"'],
    within: 'rate(x',
    because: 'no other mode',
  },
];
const result = (
  fate: Fate,
  becomes = '=~"idle.*"',
  expr = `rate(x{mode${becomes}}[5m])`,
): MutantResult => ({
  mutant: {
    id: 'm',
    kind: 'rule',
    operator: 'matcher-widened',
    subject: 'alert A',
    at: { file: 'a.yml', line: 1, column: 1, endLine: 1, endColumn: 1 },
    was: '="idle"',
    becomes,
    expr,
    changes: undefined,
  },
  fate,
  because: 'as it was',
});

it('a survivor that is declared to mean the same is equivalent, for the reason that is given', () => {
  expect(withDeclared(result('survived'), DECLARED)).toMatchObject({
    fate: 'equivalent',
    because: 'no other mode',
  });
  expect(withDeclared(result('survived', '=~"i.*"'), DECLARED).fate).toBe('survived');
  const elsewhere = result('survived', undefined, 'rate(y{mode=~"idle.*"}[5m])');
  expect(withDeclared(elsewhere, DECLARED).fate).toBe('survived');
});

it('what is declared and noticed stays noticed, and is told', () => {
  const noticed = result('killed');
  expect(withDeclared(noticed, DECLARED)).toBe(noticed);
  expect(wronglyDeclared([noticed, result('equivalent')], DECLARED)).toEqual([noticed]);
});
