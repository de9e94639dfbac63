import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Series } from '../../src/model/series.ts';
import { instrumentationMutants } from '../../src/mutate/instrumentation/index.ts';
import {
  INSTRUMENTATION_OPERATORS,
  distortionsOf,
} from '../../src/mutate/instrumentation/distortions.ts';
import { resultOf } from '../../src/mutate/judge/verdicts.ts';
import { judgeMetrics } from '../../src/verdict/metrics/index.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';

const one = (name: string, labels: Record<string, string>, ...values: number[]): Series => ({
  labels: { __name__: name, job: 'api', ...labels },
  samples: values.map((value, i) => [i * 1000, value]),
});
const after = (
  operator: string,
  metric: { name: string; type: string; labels: string[] },
  series: Series[],
) =>
  distortionsOf(metric, {
    series,
    metadata: [{ job: 'api', metric: metric.name, type: metric.type }],
  })
    .filter((d) => d.operator === operator)
    .map(({ recorded }) => recorded);
const COUNTER = { name: 'x_total', type: 'counter', labels: ['endpoint', 'status'] };
const GAUGE = { name: 'g', type: 'gauge', labels: [] };
const HISTOGRAM = { name: 'h', type: 'histogram', labels: ['endpoint'] };
const requests = [
  one('x_total', { endpoint: '/a/:id', status: '200' }, 10, 20),
  one('x_total', { endpoint: '/a/:id', status: '500' }, 0, 10),
];

describe('each mistake in a service does to what was recorded what it would have done', () => {
  it('renamed: nothing is there', () =>
    expect(after('metric-renamed', GAUGE, [one('g', {}, 1)])).toEqual([
      { series: [], metadata: [] },
    ]));

  it('a label is lost, or has one value for all', () => {
    expect(after('label-lost', COUNTER, requests)[1]?.series[0]?.labels).toEqual({
      __name__: 'x_total',
      job: 'api',
      endpoint: '/a/:id',
    });
    const [wrong] = after('label-value-wrong', COUNTER, requests);
    // Series with the same labels are one.
    expect(wrong?.series.map(({ labels }) => labels['status'])).toEqual(['200']);
  });

  it('a counter skips, a gauge never falls', () => {
    expect(after('counter-skips', COUNTER, requests)[0]?.series[0]?.samples).toEqual([
      [0, 9],
      [1000, 18],
    ]);
    expect(
      after('gauge-never-falls', GAUGE, [one('g', {}, 1, 3, 2)])[0]?.series[0]?.samples,
    ).toEqual([
      [0, 1],
      [1000, 3],
      [2000, 3],
    ]);
    // One that never fell is no other.
    expect(after('gauge-never-falls', GAUGE, [one('g', {}, 1, 3)])).toEqual([]);
  });

  it('the path as it was asked, a label without bound', () => {
    expect(after('raw-path', COUNTER, requests)[0]?.series[0]?.labels['endpoint']).toBe('/a/4711');
    expect(after('label-without-bound', COUNTER, requests)[0]?.series[0]?.labels['id']).toBe('17');
  });

  it('buckets that end too early, another type, milliseconds for seconds', () => {
    const buckets = ['0.1', '0.5', '1', '+Inf'].map((le) =>
      one('h_bucket', { endpoint: '/a', le }, 1),
    );
    expect(
      after('buckets-cut-off', HISTOGRAM, buckets)[0]?.series.map(({ labels }) => labels['le']),
    ).toEqual(['0.1', '0.5', '+Inf']);
    expect(after('metric-type-changed', COUNTER, requests)[0]?.metadata[0]?.type).toBe('gauge');
    expect(
      after('metric-unit-changed', HISTOGRAM, [one('h_sum', { endpoint: '/a' }, 2)])[0]?.series[0]
        ?.samples,
    ).toEqual([[0, 2000]]);
  });

  it('of a histogram in another unit the observations are in higher buckets', () => {
    const buckets = [
      ['0.001', 1],
      ['0.1', 3],
      ['1', 4],
      ['100', 5],
      ['+Inf', 5],
    ].map(([le, value]) => one('h_bucket', { endpoint: '/a', le: String(le) }, Number(value)));
    const [unit] = after('metric-unit-changed', HISTOGRAM, buckets);
    expect(unit?.series.map(({ labels, samples }) => [labels['le'], samples[0]?.[1]])).toEqual([
      ['0.001', 0],
      ['0.1', 0],
      ['1', 1],
      ['100', 3],
      ['+Inf', 5],
    ]);
  });
});

/** The measured run with a gauge that falls in it, and with buckets that nothing falls into. */
function fallingEvidence(): Evidence {
  const own = measuredEvidence(measuredPlan());
  const other = (value: number): number => (value === 5 ? 9 : 5);
  const small = own.metrics
    .filter(({ labels }) => labels['le'] === '0.1')
    .flatMap(({ labels, samples }) =>
      ['0.01', '0.02'].map((le): Series => ({
        labels: { ...labels, le },
        samples: samples.map(([atMs]) => [atMs, 0]),
      })),
    );
  return {
    ...own,
    metrics: [
      ...own.metrics.map((one): Series =>
        one.labels['__name__'] === 'gtvision_cameras_offline'
          ? { ...one, samples: one.samples.map(([atMs, value]) => [atMs, other(value)]) }
          : one,
      ),
      ...small,
    ],
    truth: own.truth.map((known) => ({
      ...known,
      points: known.points.map(([from, to, value]) => [from, to, other(value)]),
    })),
  };
}

describe('judged by a run’s evidence', () => {
  const plan = measuredPlan();
  for (const metric of plan.metrics) if (metric.type === 'histogram') metric.buckets = [0.25];
  const evidence = fallingEvidence();
  const before = judgeMetrics(plan, evidence);
  const results = instrumentationMutants(plan, evidence).map((mutant) =>
    resultOf(mutant, before, judgeMetrics(plan, { ...evidence, ...mutant.evidence }), 'hint'),
  );
  /** Of each mistake what becomes of it where the run's evidence is judged again. */
  const COUNT = 'metric http_requests_total of backend';
  const TOOK = 'metric http_request_duration_seconds of backend';
  const OFFLINE = 'metric gtvision_cameras_offline of backend';
  const CUT = 'no bucket above the first two';
  const ROWS: [operator: string, subject: string, becomes: string, verdict: string][] = [
    ['metric-renamed', COUNT, 'http_requests_total_new', 'killed [metric-missing]'],
    ['metric-unit-changed', OFFLINE, 'a thousand times as much', 'killed [value-differs]'],
    // Of this histogram nothing but the counts is known from outside.
    ['metric-unit-changed', TOOK, 'a thousand times as much', 'survived'],
    ['metric-type-changed', TOOK, 'gauge', 'killed [metric-wrong-type]'],
    ['label-lost', TOOK, 'without endpoint', 'killed [metric-wrong-labels]'],
    ['label-value-wrong', COUNT, 'status of all the same', 'killed [count-differs]'],
    [
      'label-without-bound',
      OFFLINE,
      'a label with a number of its own',
      'killed [metric-wrong-labels]',
    ],
    ['counter-skips', COUNT, 'one in ten is not counted', 'killed [count-differs]'],
    ['gauge-never-falls', OFFLINE, 'its highest so far', 'killed [value-differs]'],
    ['raw-path', COUNT, 'the path as it was asked', 'killed [raw-path-in-label]'],
    ['buckets-cut-off', TOOK, CUT, 'killed [metric-wrong-labels]'],
  ];

  it.each(ROWS)('%s, %s, %s: %s', (operator, subject, becomes, verdict) => {
    const result = results.find(
      ({ mutant }) =>
        mutant.operator === operator && mutant.subject === subject && mutant.becomes === becomes,
    );
    const finding = /\[[a-z-]+\]$/.exec(result?.because ?? '');
    expect([result?.fate, ...(finding ?? [])].join(' ')).toBe(verdict);
  });

  it('every mistake has a row', () =>
    expect(INSTRUMENTATION_OPERATORS.filter((id) => !ROWS.some(([own]) => own === id))).toEqual(
      [],
    ));

  const of = (operator: string) => results.filter(({ mutant }) => mutant.operator === operator);

  it('what is gone, or has another type, is noticed by just that', () => {
    for (const { fate, because } of of('metric-renamed'))
      expect([fate, because]).toEqual(['killed', expect.stringContaining('[metric-missing]')]);
    expect(of('metric-renamed').length).toBeGreaterThan(0);
    for (const { because } of of('metric-type-changed'))
      expect(because).toContain('[metric-wrong-type]');
  });

  it('a counter that skips is noticed by what k6 counted', () => {
    expect(of('counter-skips').map(({ fate }) => fate)).toContain('killed');
  });
});
