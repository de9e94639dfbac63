import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { stringify } from 'yaml';
import { proofPlanOf } from './support.ts';

const ALERTMANAGER = `route: { receiver: team }
receivers: [{ name: team, webhook_configs: [{ url: "http://team" }] }]
inhibit_rules:
  - { source_matchers: [severity="critical"], target_matchers: [severity="warning"], equal: [team] }
`;

/** When each alert begins among the others, run ms. */
function startsOf(rules: Record<string, unknown>[]): Record<string, number> {
  const stack = readStack([
    { path: 'rules.yml', text: stringify({ groups: [{ name: 'g', rules }] }) },
    { path: 'alertmanager.yml', text: ALERTMANAGER },
  ]);
  const plan = proofPlanOf(stack, 30);
  return Object.fromEntries(plan.tracks.map(({ alert, startMs }) => [alert.name, startMs]));
}

const over = (alert: string, expr: string, labels = {}) => ({ alert, expr, for: '1m', labels });

describe('alerts side by side', () => {
  it('also where they aggregate over everything, as long as their metrics differ', () => {
    const starts = startsOf([
      over('A', 'sum(rate(a_total{namespace="prod"}[5m])) > 1'),
      over('B', 'sum(rate(b_total{namespace="prod"}[5m])) > 1'),
      over('C', 'sum(c) > 1'),
    ]);
    expect(starts).toEqual({ A: 0, B: 0, C: 0 });
  });

  it('one after the other where series of one come into the result of another', () => {
    const starts = startsOf([
      over('A', 'sum(x) > 10'),
      over('B', 'max(x) > 20'),
      over('C', 'y > 1'),
    ]);
    expect(starts['C']).toBe(0);
    expect(starts['A']).not.toBe(starts['B']);
  });

  it('one after the other where one selects by labels alone', () => {
    const starts = startsOf([over('A', 'x{a="1"} > 10'), over('B', 'count({a="1"}) > 5')]);
    expect(starts['A']).not.toBe(starts['B']);
  });

  it('one after the other where one inhibits another, for the same team', () => {
    const starts = startsOf([
      over('A', 'a > 1', { severity: 'critical', team: 'shop' }),
      over('B', 'b > 1', { severity: 'warning', team: 'shop' }),
      over('C', 'c > 1', { severity: 'warning', team: 'house' }),
    ]);
    expect(starts['A']).not.toBe(starts['B']);
    expect(Math.min(starts['A'] ?? NaN, starts['B'] ?? NaN)).toBe(starts['C']);
  });

  it('one after the other where a label that a template makes may let one inhibit another', () => {
    const starts = startsOf([
      over('A', 'a > 1', { severity: '{{ $labels.severity }}', team: 'shop' }),
      over('B', 'b > 1', { severity: 'warning', team: 'shop' }),
      over('C', 'c > 1', { severity: 'warning', team: '{{ $labels.team }}' }),
      over('D', 'd > 1', { severity: 'warning', team: 'house' }),
    ]);
    expect(starts['A']).not.toBe(starts['B']);
    expect(starts['A']).not.toBe(starts['C']);
    expect(starts['A']).toBe(starts['D']);
    expect(starts['B']).toBe(starts['C']);
  });
});
