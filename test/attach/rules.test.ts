import { describe, expect, it } from 'vitest';
import { differentRules } from '../../src/attach/findings/rules.ts';
import { readStack } from '../../src/stack/index.ts';

type Running = Parameters<typeof differentRules>[0][number]['rules'][number];

const running = (change: Partial<Running>): Running => ({
  type: 'alerting',
  name: 'A',
  query: 'x > 1',
  duration: 0,
  keepFiringFor: 0,
  labels: {},
  annotations: {},
  health: 'ok',
  lastError: '',
  ...change,
});

/** What is told of rules that run, held against the rules of one file. */
function told(rules: Partial<Running>[], written: object[]): string[] {
  const { rules: read } = readStack([
    { path: 'rules.yml', text: JSON.stringify({ groups: [{ name: 'g', rules: written }] }) },
  ]);
  const groups = [{ name: 'g', file: '/etc/r.yml', interval: 60, rules: rules.map(running) }];
  return differentRules(groups, read).map(({ id, title }) => `${id}: ${title}`);
}

describe('where an expression looks', () => {
  it.each([
    ['another offset', 'x offset 1h > 1', 'x offset 2h > 1'],
    ['another moment', 'x @ start() > 1', 'x @ end() > 1'],
  ])('%s is another rule', (_, expr, query) =>
    expect(told([{ query }], [{ alert: 'A', expr }])).toEqual([
      `live/rule-differs: its expression runs as \`${query}\``,
    ]),
  );

  it.each([
    ['in lines of its own', 'sum(\n  x offset 1h\n) > 1', 'sum(x offset 1h) > 1'],
    ['in another order', 'x offset 5m @ 100 > 1', 'x @ 100.000 offset 5m > 1'],
  ])('the same %s is the same rule', (_, expr, query) =>
    expect(told([{ query }], [{ alert: 'A', expr }])).toEqual([]),
  );
});
