import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { examplesOf, untrueIn } from '../../src/check/index.ts';
import type { Examples } from '../../src/check/index.ts';
import { readStack } from '../../src/stack/index.ts';

const DASHBOARD = JSON.stringify({
  title: 'API',
  schemaVersion: 39,
  templating: {
    list: [
      {
        name: 'job',
        type: 'query',
        query: 'label_values(up, job)',
        includeAll: true,
        allValue: '.+',
      },
    ],
  },
  panels: [
    {
      title: 'Requests',
      type: 'timeseries',
      datasource: { type: 'prometheus', uid: 'p' },
      targets: [
        { refId: 'A', expr: 'sum by (job) (rate(requests_total{job=~"$job"}[$__rate_interval]))' },
      ],
    },
    {
      title: 'Busiest',
      type: 'stat',
      datasource: { type: 'prometheus', uid: 'p' },
      targets: [
        { refId: 'A', expr: 'max(busy{job=~"$job"})' },
        { refId: 'B', expr: 'min(busy)' },
      ],
    },
  ],
});
const SERIES = `
      'requests_total{job="a"}': 0+15x20
      'requests_total{job="b"}': 0+30x20
      'busy{job="a"}': 1x20
`;

function examples(reads: string): Examples {
  const contract = `version: 1\nexamples:\n  busy:\n    after: 5m\n    series:${SERIES}    ${reads}\n`;
  return examplesOf(
    readStack([
      { path: 'contract.yaml', text: contract },
      { path: 'grafana/api.json', text: DASHBOARD },
    ]),
    7,
  );
}
interface Tests {
  tests: { input_series: { series: string }[]; promql_expr_test: { expr: string }[] }[];
}
const testsOf = (one: Examples): Tests['tests'] => (parse(one.file()) as Tests).tests;

describe('a panel that shows its series by a label which is a variable', () => {
  const both = examples(`reads: { API: { Requests: { '{job="a"}': 1, '{job="b"}': 2 } } }`);

  it('is asked as it opens, and with each value chosen', () => {
    expect(both.statements.map(({ id, says, reads }) => [id, says, reads])).toEqual([
      [7, 'in the example busy', { '{job="a"}': 1, '{job="b"}': 2 }],
      [8, 'in the example busy, with job="a"', { '{job="a"}': 1 }],
      [9, 'in the example busy, with job="b"', { '{job="b"}': 2 }],
    ]);
    const [test] = testsOf(both);
    expect(
      test?.promql_expr_test.map(({ expr }) => /job=~"[^"]*"|\[.*\]/g.exec(expr)?.[0]),
    ).toEqual(['job=~".+"', 'job=~"a"', 'job=~"b"']);
    expect(test?.promql_expr_test[0]?.expr).toContain('[1m]');
  });

  it('is given the series that it selects, and no other', () => {
    expect(testsOf(both)[0]?.input_series.map(({ series }) => series)).toEqual([
      'requests_total{job="a"}',
      'requests_total{job="b"}',
    ]);
  });

  it('a variable that isn’t defined stands in the query as it is, as Grafana sends it', () => {
    const [first] = both.statements;
    expect(first?.asks('x{job=~"$jobs"}')).toBe('x{job=~"$jobs"}');
  });
});

it('is asked with each value chosen by a query that has forgotten the variable, too', () => {
  const { statements } = examples(
    `reads: { API: { Busiest: { B: { '{job="a"}': 1, '{job="b"}': 2 } } } }`,
  );
  expect(statements.map(({ chosen, reads }) => [chosen, reads])).toEqual([
    [{}, { '{job="a"}': 1, '{job="b"}': 2 }],
    [{ job: 'a' }, { '{job="a"}': 1 }],
    [{ job: 'b' }, { '{job="b"}': 2 }],
  ]);
});

it('of several queries one is named; a choice of one’s own is asked alone', () => {
  const { statements } = examples(
    `reads: { API: { Busiest: { B: { '{}': 1 } } } }\n    chosen:\n` +
      `      - { values: { job: a }, reads: { API: { Busiest: { A: { '{}': 1 } } } } }`,
  );
  expect(
    statements.map(({ says, asks, target }) => [says, asks(target.expression?.text ?? '')]),
  ).toEqual([
    ['in the example busy', 'min(busy)'],
    ['in the example busy, with job="a"', 'max(busy{job=~"a"})'],
  ]);
});

describe('what promtool says', () => {
  const output = [
    '  FAILED:',
    '    expr: "round((\\nx{a=\\"b # 5: c\\"}\\n), 0.001) # 1: in the example \\"x\\"", time: 5m,',
    '        exp: {} 2E+00',
    '        got: {job="a"} 6E+02, {job="b"} 1E+00',
    '    expr: "y # 2: z", time: 5m,',
    '        exp: {} 2E+00',
    '        got: nil',
    '    expr: "z # 3: z", time: 5m, err: multiple matches for labels',
  ].join('\n');

  it('is read by the numbers of the queries, with what it saw', () => {
    expect([...untrueIn(output)]).toEqual([
      [1, '{job="a"} 6E+02, {job="b"} 1E+00'],
      [2, 'nothing'],
      [3, 'multiple matches for labels'],
    ]);
  });

  it('is one finding for each query, at the query', () => {
    const both = examples(`reads: { API: { Requests: { '{job="a"}': 1, '{job="b"}': 2 } } }`);
    const untrue = output.replaceAll('# 1:', '# 7:').replaceAll('# 2:', '# 9:');
    const findings = both.judge(untrue);
    expect(findings.map(({ rule, file, title }) => [rule, file, title])).toEqual([
      [
        'promise/panel-differs',
        'grafana/api.json',
        'API / Requests: in the example busy, it shows {job="a"} 6E+02, {job="b"} 1E+00, and not ' +
          '{job="a"} 1, {job="b"} 2 (nor 1 more)',
      ],
    ]);
    expect(both.judge('')).toEqual([]);
  });
});
