import { expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

it('an alert that was proved on series without a label is named', () => {
  const notesOf = (expr: string): string[] => {
    const rules = { groups: [{ name: 'g', rules: [{ alert: 'A', expr }] }] };
    return proofPlanOf(readStack([{ path: 'r.yml', text: JSON.stringify(rules) }]), 10).notes;
  };
  const note =
    'of A: it fires only for series without `tenant`: one side of an operator groups by it, and ' +
    'the other never has it';
  const expr = 'sum by (a, tenant) (x) == 0 and max by (a) (y) > 0';
  expect(notesOf(expr)).toContain(note);
  expect(notesOf(expr.replace('and', 'and on (a)'))).not.toContain(note);
});
