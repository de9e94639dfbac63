import { describe, expect, it } from 'vitest';
import type { DashboardSpec, Spec, VariableSpec } from '../../src/model/spec.ts';
import { dataSourceOf, grafanaOf } from '../../src/plan/grafana.ts';
import { panelsOf } from '../../src/plan/panels.ts';
import { makePlan } from '../../src/plan/index.ts';
import { timingsOf } from '../../src/plan/timings.ts';
import { EVERYTHING } from '../../src/plan/selection.ts';
import { smallSpec } from '../support/spec.ts';

const source = { file: 'd.json', line: 1, column: 1 };
const variable = (name: string, query: string, more: Partial<VariableSpec> = {}): VariableSpec => ({
  name,
  kind: 'query',
  query,
  multi: true,
  includeAll: true,
  allValue: null,
  current: ['$__all'],
  source,
  ...more,
});

function specWith(expr: string, variables: VariableSpec[] = [], rangeMs = 3_600_000): Spec {
  const dashboard: DashboardSpec = {
    file: 'd.json',
    uid: 'd',
    title: 'Board',
    rangeMs,
    refreshMs: null,
    variables,
    source,
    panels: [
      {
        id: 1,
        title: 'P',
        type: 'timeseries',
        noValue: '',
        unit: 'short',
        maxDataPoints: 1_000,
        intervalMs: 0,
        source,
        targets: [
          {
            refId: 'A',
            expr,
            legend: '',
            instant: false,
            intervalMs: 0,
            dataSource: 'prometheus',
            source,
          },
        ],
      },
    ],
  };
  return { ...smallSpec(), dashboards: [dashboard] };
}
const query = (expr: string, variables?: VariableSpec[], speed = 60, rangeMs?: number) => {
  const plan = makePlan(specWith(expr, variables, rangeMs), 'small', speed);
  return { ...plan, query: plan.panels[0]?.queries[0] };
};

describe('the step of a curve', () => {
  const S = smallSpec().prometheus.scrapeIntervalMs;
  const stepAt = (speed: number, range: string): number =>
    query(`sum(rate(x_total[${range}]))`, [], speed, 600_000).query!.stepMs * speed;

  it.each([60, 100, 120].flatMap((speed) => [4 * S, 5 * S, 20 * S].map((ms) => [speed, ms])))(
    'at speed %d, of windows of %d ms: all scrapes are seen equally often',
    (speed, windowMs) => {
      const seenMs = windowMs - S;
      const steps = seenMs / stepAt(speed, `${windowMs / 1000}s`);
      expect(steps).toBeCloseTo(Math.round(steps), 6);
      expect(steps).toBeGreaterThanOrEqual(1);
    },
  );

  it('is as it is asked for where a window holds hardly two samples, or there is none', () => {
    expect(stepAt(100, `${S + 1}ms`)).toBe(50_000);
    expect(query('x', [], 100, 600_000).query!.stepMs).toBe(500);
  });
});

describe('a panel is asked as Grafana would, in the faster world', () => {
  it("with Grafana's own intervals", () => {
    expect(query('rate(x[$__rate_interval])').query).toMatchObject({
      runExpr: '(rate(x[1s]) / 60)',
      windowMs: 1_000,
    });
    expect(query('rate(x[$__rate_interval])', [], 1).query).toMatchObject({
      runExpr: 'rate(x[1m])',
      windowMs: 60_000,
      stepMs: 15_000,
    });
    expect(query('increase(x[$__range])').query?.runExpr).toBe('increase(x[1m])');
    expect(query('increase(x[${__range_s}s])').query?.runExpr).toBe('increase(x[1m])');
    expect(query('avg_over_time(x[$__interval])', [], 1, 86_400_000).query?.runExpr).toBe(
      'avg_over_time(x[1m])',
    );
  });

  it('with placeholders for what only Prometheus knows, one for each variable and format', () => {
    const { query: q, variables } = query('a{job=~"$job"} / a{job=~"${job}", i=~"${job:pipe}"}', [
      variable('job', 'label_values(up, job)'),
    ]);
    expect(q?.runExpr).toBe(
      'a{job=~"gtv_variable_0"} / a{job=~"gtv_variable_0", i=~"gtv_variable_1"}',
    );
    expect(variables.map(({ selector, label, format }) => [selector, label, format])).toEqual([
      ['up', 'job', null],
      ['up', 'job', 'pipe'],
    ]);
  });

  it('with a variable that depends on another one after it', () => {
    const { variables } = query('a{m=~"$mount"}', [
      variable('instance', 'label_values(up, instance)'),
      variable('mount', 'label_values(fs{instance=~"$instance"}, mountpoint)'),
    ]);
    expect(variables.map(({ name, selector }) => [name, selector])).toEqual([
      ['instance', 'up'],
      ['mount', 'fs{instance=~"gtv_variable_0"}'],
    ]);
  });

  it('with the values that the dashboard itself knows', () => {
    expect(
      query('topk($n, x)', [
        variable('n', '5,10', { kind: 'custom', multi: false, includeAll: false, current: ['10'] }),
      ]).query?.runExpr,
    ).toBe('topk(10, x)');
    expect(
      query('a{e=~"$e"}', [variable('e', 'prod,test', { kind: 'custom' })]).query?.runExpr,
    ).toBe('a{e=~"(prod|test)"}');
    expect(
      query('a{e=~"$e"}', [variable('e', 'prod,test', { kind: 'custom', allValue: '.*' })]).query
        ?.runExpr,
    ).toBe('a{e=~".*"}');
    expect(
      query('a{e="$e"}', [
        variable('e', 'prod', { kind: 'constant', multi: false, includeAll: false, current: [] }),
      ]).query?.runExpr,
    ).toBe('a{e="prod"}');
  });

  it('or says why it can only be judged at real time', () =>
    expect(query('time() - x').query?.problem).toMatch(/reads the clock/));
});

describe('what Grafana should have', () => {
  const one = {
    uid: 'one',
    name: 'First',
    type: 'prometheus',
    url: 'http://one',
    isDefault: false,
    source,
  };
  const two = {
    uid: 'two',
    name: 'Second',
    type: 'prometheus',
    url: 'http://two',
    isDefault: true,
    source,
  };
  it.each([
    ['one', 'one'],
    ['First', 'one'],
    ['', 'two'],
    ['$source', 'two'],
    ['${source}', 'two'],
    ['gone', 'gone'],
  ])('the data source `%s` is %s', (named, uid) =>
    expect(dataSourceOf([one, two], named)).toBe(uid),
  );
  it('without a default one the first is asked, and without any none', () =>
    expect([dataSourceOf([one], ''), dataSourceOf([], '')]).toEqual(['one', '']));
  it('dashboards and data sources, as far as something of them is judged', () => {
    const spec = { ...specWith('x'), dataSources: [one, { ...two, uid: '' }] };
    const { panels } = panelsOf(spec, timingsOf(spec, 60), EVERYTHING);
    expect(grafanaOf(spec, panels, 0)).toEqual({
      dashboards: [
        {
          uid: 'd',
          title: 'Board',
          source,
          panels: [{ id: 1, title: 'P', noValue: '', queries: { A: 'x' } }],
        },
      ],
      dataSources: [{ uid: 'one', name: 'First', type: 'prometheus', url: 'http://one', source }],
    });
    expect(grafanaOf(spec, [], 0)).toEqual({ dashboards: [], dataSources: [] });
    expect(grafanaOf(spec, [], 1).dataSources).toHaveLength(1);
  });
});
