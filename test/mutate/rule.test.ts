import { describe, expect, it } from 'vitest';
import type { RuleBody } from '../../src/model/rule-body.ts';
import { RULE_OPERATORS, mutateRule } from '../../src/mutate/rule/index.ts';

const RULE: RuleBody = {
  alert: 'A',
  expr: 'x > 1',
  for: '5m',
  keep_firing_for: '10m',
  labels: { severity: 'critical', team: 'video' },
  annotations: {
    summary: 'A on {{ $labels.instance }}',
    description: 'it is at {{ $value | humanize }}',
  },
};
const OTHER: RuleBody = { alert: 'B', expr: 'y', annotations: { summary: 'B' } };

const of = (operator: string, rule = RULE) =>
  mutateRule(rule, [OTHER], 15_000)
    .filter((mutation) => mutation.operator === operator)
    .map(({ at, becomes }) => `${at.join('.')}: ${becomes}`);

const CASES: [operator: string, mutants: string[]][] = [
  ['for-shorter', ['for: 2m30s']],
  ['for-longer', ['for: 10m']],
  ['for-gone', ['for: 0s']],
  ['keep-firing-for-shorter', ['keep_firing_for: 5m']],
  ['keep-firing-for-longer', ['keep_firing_for: 20m']],
  ['keep-firing-for-gone', ['keep_firing_for: 0s']],
  ['label-changed', ['labels.severity: warning', 'labels.team: videox']],
  ['label-dropped', ['labels.severity: ', 'labels.team: ']],
  ['annotation-label-misspelt', ['annotations.summary: A on {{ $labels.instancex }}']],
  ['annotation-value-raw', ['annotations.description: it is at {{ $value }}']],
  ['annotation-dropped', ['annotations.summary: ', 'annotations.description: ']],
  ['annotation-of-another', ['annotations.summary: B']],
  ['rule-deleted', [': ']],
];

describe('each way of getting a rule wrong', () => {
  it.each(CASES)('%s', (operator, mutants) => expect(of(operator)).toEqual(mutants));

  it('every operator has a case', () => {
    expect(CASES.map(([operator]) => operator)).toEqual(RULE_OPERATORS.map(({ id }) => id));
  });
});

it('an alert without `for` is only given one', () => {
  const bare = { alert: 'A', expr: 'x' };
  expect(of('for-longer', bare)).toEqual(['for: 1m']);
  expect([...of('for-shorter', bare), ...of('for-gone', bare)]).toEqual([]);
});

it('a recording rule has no durations of an alert', () => {
  const recorded = { record: 'a:b', expr: 'sum(x)' };
  const operators = mutateRule(recorded, [], 15_000).map((mutation) => mutation.operator);
  expect(operators.filter((operator) => operator.includes('for-'))).toEqual([]);
  expect(operators).toContain('aggregation-swapped');
});

it('the rule itself stays as it is', () => {
  const before = JSON.stringify(RULE);
  const mutants = mutateRule(RULE, [OTHER], 15_000);
  expect(JSON.stringify(RULE)).toBe(before);
  expect(mutants.map((mutation) => JSON.stringify(mutation.body))).not.toContain(before);
});
