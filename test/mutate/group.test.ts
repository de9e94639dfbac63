import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { changedFiles } from '../../src/mutate/judge/static.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const FILES = [
  {
    path: 'a.yml',
    text: `groups:
  - name: fast
    interval: 30s
    rules:
      # why it is there
      - alert: A
        expr: x > 1
  - name: slow
    interval: 1m
    rules:
      - alert: B
        expr: y > 1
`,
  },
];
const mutants = ruleMutants(readStack(FILES));
const of = (operator: string) => mutants.filter((mutant) => mutant.operator === operator);
const after = (mutant: (typeof mutants)[number] | undefined) =>
  parse(mutant ? (changedFiles(FILES, mutant)[0]?.text ?? '') : '') as {
    groups: { name: string; interval: string; rules: { alert: string }[] }[];
  };

it('a group is evaluated half and twice as often, with all of its rules', () => {
  expect(of('group-interval-changed').map((m) => [m.subject, m.becomes, m.rules])).toEqual([
    ['group fast', '1m', [0]],
    ['group fast', '15s', [0]],
    ['group slow', '2m', [1]],
    ['group slow', '30s', [1]],
  ]);
  expect(after(of('group-interval-changed')[0]).groups.map((g) => g.interval)).toEqual([
    '1m',
    '1m',
  ]);
});

it('a rule stands in a group of another interval', () => {
  const [moved] = of('rule-moved');
  expect(moved).toMatchObject({ was: 'group fast', becomes: 'group slow', evaluationMs: 60_000 });
  expect(after(moved).groups.map((g) => g.rules.map((r) => r.alert))).toEqual([[], ['B', 'A']]);
});

it('a rule stands there twice', () => {
  const twice = after(of('rule-duplicated')[0]).groups[0]?.rules.map((r) => r.alert);
  expect(twice).toEqual(['A', 'A']);
});

it('what isn’t changed stays as it is written, comments too', () => {
  const limit = of('limit-moved').find((m) => m.rules[0] === 1);
  if (!limit) throw new Error('no mutant');
  expect(changedFiles(FILES, limit)[0]?.text).toBe(FILES[0]?.text.replace('y > 1', 'y > 2'));
});

it('of two equal places in an expression each mutant has an id of its own', () => {
  const text = 'groups: [{ name: g, rules: [{ alert: A, expr: sum(x) / sum(x) > 1 }] }]';
  const ids = ruleMutants(readStack([{ path: 'r.yml', text }])).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
