import { describe, expect, it } from 'vitest';
import { chosen } from '../../src/commands/mutate/chosen.ts';
import type { Mutant } from '../../src/model/mutation.ts';

const mutants = (count: number): Mutant[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ id: `m${i}`, kind: 'rule' as const, operator: 'limit-moved', subject: 'alert A' },
    at: { file: 'r.yml', line: 1, column: 1, endLine: 1, endColumn: 2 },
    ...{ was: '', becomes: '', changes: undefined },
  }));
const ask = { only: [], all: false, seed: 1 };

describe('which mutants are judged', () => {
  it('all of a few, and a sample of very many unless all are asked for', () => {
    expect(chosen(mutants(3_000), ask, 'rules').mutants).toHaveLength(3_000);
    const drawn = chosen(mutants(3_001), ask, 'rules');
    expect([drawn.mutants.length, drawn.of]).toEqual([2_000, 3_001]);
    expect(chosen(mutants(3_001), { ...ask, all: true }, 'rules').mutants).toHaveLength(3_001);
  });

  it('as many as are asked for, by the seed, in their order', () => {
    const ids = (seed: number): string[] =>
      chosen(mutants(50), { ...ask, sample: 5, seed }, 'rules').mutants.map(({ id }) => id);
    expect(ids(7)).toEqual(ids(7));
    expect(ids(7)).not.toEqual(ids(8));
    const numbers = ids(7).map((id) => Number(id.slice(1)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('nothing chosen is refused, with what could be', () => {
    expect(() => chosen(mutants(3), { ...ask, only: ['nothing'] }, 'rules')).toThrow(/no mutant/);
    expect(() => chosen([], ask, 'rules')).toThrow(/^rules has no rule to get wrong/);
    const named = problemOf(() => chosen(mutants(3), { ...ask, only: ['nothing'] }, 'rules'));
    expect(named).toMatchObject({ advice: expect.stringContaining('limit-moved') as string });
  });
});

function problemOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
