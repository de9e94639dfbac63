import { describe, expect, it } from 'vitest';
import { judgeRules } from '../../src/attach/judge-rules.ts';
import { readStack } from '../../src/stack/index.ts';

type Running = Parameters<typeof judgeRules>[0][number]['rules'][number];

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
function told(rules: Partial<Running>[], written: object[] | string): string[] {
  const text =
    typeof written === 'string'
      ? written
      : JSON.stringify({ groups: [{ name: 'g', rules: written }] }, null, 2);
  const groups = [{ name: 'g', file: '/etc/r.yml', interval: 60, rules: rules.map(running) }];
  const { findings, notJudged } = judgeRules(groups, readStack([{ path: 'rules.yml', text }]));
  return [
    ...findings.map(({ id, subject, title }) => `${id} ${subject}: ${title}`),
    ...notJudged.map(({ what, why, decisive }) => `${decisive ? 2 : 0} ${what}: ${why}`),
  ];
}

describe('where an expression looks', () => {
  it.each([
    ['another offset', 'x offset 1h > 1', 'x offset 2h > 1'],
    ['another moment', 'x @ start() > 1', 'x @ end() > 1'],
  ])('%s is another rule', (_, expr, query) =>
    expect(told([{ query }], [{ alert: 'A', expr }])).toEqual([
      `live/rule-differs alert A: its expression runs as \`${query}\``,
    ]),
  );

  it.each([
    ['in lines of its own', 'sum(\n  x offset 1h\n) > 1', 'sum(x offset 1h) > 1'],
    ['in another order', 'x offset 5m @ 100 > 1', 'x @ 100.000 offset 5m > 1'],
  ])('the same %s is the same rule', (_, expr, query) =>
    expect(told([{ query }], [{ alert: 'A', expr }])).toEqual([]),
  );
});

describe('what can’t be read of the files', () => {
  it.each([
    ['an expression', { expr: 'rate(x' }, 'its expression is no PromQL: it stops too early'],
    ['a `for`', { expr: 'x > 1', for: 'long' }, 'its `for` is no duration'],
    ['no expression', {}, 'it has no expression'],
  ])('of a rule: %s', (_, written, why) =>
    expect(told([{}], [{ alert: 'A', ...written }])).toEqual([`2 alert A in rules.yml:7: ${why}`]),
  );

  it('of a file: its rules are not compared, and others may be in it', () => {
    const text = 'groups:\n- name: g\n  rules:\n  - {alert: A, expr: rate(x{a="b"}[5m]) > 1}\n';
    expect(told([{}, { name: 'B' }], text)).toEqual([
      expect.stringMatching(/^2 rules\.yml:4: the file can't be read there: /),
      '0 whether a file has alert A: it may be in what could not be read',
      '0 whether a file has alert B: it may be in what could not be read',
    ]);
  });

  it('of a template that has rules', () => {
    const text = '{{- if .Values.on }}\ngroups:\n- name: g\n  rules:\n  - alert: A\n{{- end }}\n';
    expect(told([{}], text)).toEqual([
      "2 rules.yml: it is a template of Helm's: render it first",
      '0 whether a file has alert A: it may be in what could not be read',
    ]);
  });
});

describe('rules of one name', () => {
  const [low, high] = ['x > 1', 'x > 9'].map((expr) => ({ alert: 'A', expr }));

  it('are each held against their own, in whatever order they run', () =>
    expect(told([{ query: 'x > 9' }, { query: 'x > 1' }], [low, high] as object[])).toEqual([]));

  it('that are alike in part are held against what is most alike', () =>
    expect(
      told(
        [
          { query: 'x > 9', labels: { severity: 'page' } },
          { query: 'x > 2', duration: 60 },
        ],
        [low, high] as object[],
      ),
    ).toEqual([
      'live/rule-differs alert A: its expression runs as `x > 2`',
      'live/rule-differs alert A: `for` is 1m in the running one and 0s in the file',
      'live/rule-differs alert A: the label `severity` is `page` in the running one',
    ]));

  it('and of another kind are others', () =>
    expect(told([{ type: 'recording' }], [low] as object[])).toEqual([
      'live/rule-not-loaded alert A: the running Prometheus lacks it',
      'live/rule-unknown record A: no file has this rule',
    ]));
});
