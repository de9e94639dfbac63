import { expect, it } from 'vitest';
import { scoreOf, scoresBy } from '../../src/lib/mutation-score.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const TEXT = `groups:
  - name: g
    rules:
      - alert: A
        expr: |
          sum by (job) (rate(x{a="b"}[5m])) / sum by (job) (rate(x[5m]))
            > 10
        for: 5m
        labels: { severity: critical }
        annotations: { summary: "a of {{ $labels.job }}" }
      - record: r
        expr: sum(y)
`;
const mutants = ruleMutants(readStack([{ path: 'rules.yml', text: TEXT }]));
const lines = TEXT.split('\n');

it('each mutant knows the very stretch of the file that it changes', () => {
  const inExpression = mutants.filter(({ was, at }) => was !== '' && at.line === at.endLine);
  expect(inExpression.length).toBeGreaterThan(20);
  for (const { at, was, operator } of inExpression) {
    const text = lines[at.line - 1]?.slice(at.column - 1, at.endColumn - 1) ?? '';
    // A text in quotes is pointed at with them.
    if (!/^rule-|^group-/.test(operator))
      expect(text.replaceAll('"', '')).toBe(was.replaceAll('"', ''));
  }
});

it('a limit in the second line of a block is pointed at there', () => {
  expect(mutants.find(({ operator }) => operator === 'limit-moved')).toMatchObject({
    at: { file: 'rules.yml', line: 7, column: 15, endLine: 7, endColumn: 17 },
    subject: 'alert A',
    rules: [0],
    was: '10',
    becomes: '11',
    body: { alert: 'A', for: '5m' },
  });
});

it('recording rules have mutants too, and every id is another', () => {
  expect(mutants.filter(({ subject }) => subject === 'record r').map((m) => m.operator)).toEqual(
    expect.arrayContaining(['aggregation-swapped', 'offset-added', 'rule-deleted']),
  );
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
});

it('a score is the share of those that could be noticed', () => {
  const [mutant] = mutants;
  if (!mutant) throw new Error('no mutant');
  const result = (fate: 'killed' | 'survived' | 'undecided' | 'equivalent' | 'invalid') => ({
    mutant: { ...mutant, operator: fate === 'survived' ? 'b' : 'a' },
    fate,
    because: '',
  });
  const all = (['killed', 'killed', 'killed', 'survived', 'undecided', 'equivalent'] as const).map(
    result,
  );
  expect(scoreOf(all)).toMatchObject({ score: 0.75, counts: { killed: 3, undecided: 1 } });
  expect(scoreOf([result('invalid')]).score).toBeNull();
  expect(scoresBy(all, (r) => r.mutant.operator).map(({ name, score }) => [name, score])).toEqual([
    ['b', 0],
    ['a', 1],
  ]);
});
