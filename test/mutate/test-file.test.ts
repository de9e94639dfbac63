import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { testFileSubject } from '../../src/mutate/judge/test-file.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const group = (name: string, alert: string): string =>
  `groups: [{ name: ${name}, rules: [{ alert: ${alert}, expr: x > 1 }] }]\n`;
const FILES = [
  { path: 'a.yml', text: group('g', 'A') },
  { path: 'b.yml', text: group('g', 'B') },
  { path: 'c.yml', text: group('g', 'C') },
];
const stack = readStack(FILES);
const own = {
  name: 'mine.yml',
  text: 'rule_files: [a.yml, b.yml]\nevaluation_interval: 1m\ntests: [{ interval: 15s }]\n',
  ruleFiles: ['a.yml', 'b.yml'],
};
const subject = testFileSubject(own, FILES, stack.rules);

it('it depends on the rules of the files that it loads, and on no other', () => {
  expect([...subject.rules]).toEqual([0, 1]);
});

it('its tests stay as they are, over one file with all of its rules', () => {
  const { rules, tests } = subject.caseOf();
  expect(parse(tests('/there.yml'))).toEqual({
    rule_files: ['/there.yml'],
    evaluation_interval: '1m',
    tests: [{ interval: '15s' }],
  });
  const { groups } = parse(rules) as { groups: { name: string; rules: { alert: string }[] }[] };
  expect(groups.map((g) => g.rules[0]?.alert)).toEqual(['A', 'B']);
  // A file with two groups of one name is refused by the engine.
  expect(new Set(groups.map((g) => g.name)).size).toBe(2);
});

it('a survivor is told by what no test names, where none does', () => {
  const text = 'tests: [{ promql_expr_test: [{ expr: "ALERTS{alertname=\'B\'}" }] }]';
  const named = testFileSubject({ ...own, text }, FILES, stack.rules);
  const hints = [0, 1].map((rule) => {
    const mutant = ruleMutants(stack).find((one) => one.rules[0] === rule);
    return mutant && named.hint?.(mutant);
  });
  expect(hints).toEqual(['None of the tests names A, or what reads it.', undefined]);
});

it('a mutant is what it loads instead', () => {
  const moved = ruleMutants(stack).find((m) => m.operator === 'limit-moved' && m.rules[0] === 1);
  expect(subject.caseOf(moved).rules).toMatch(/x > 1[^]*x > 2/);
});
