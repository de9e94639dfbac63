import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dimensionsOf } from '../../src/capacity/dimensions/index.ts';
import { limitOf, quantileOf } from '../../src/promql/limit.ts';
import { readSpec } from '../../src/spec/index.ts';

const spec = await readSpec(fileURLToPath(new URL('../../stack', import.meta.url)));

describe('the limits of the services', () => {
  it('are those of the alerts, with their place', () => {
    const backend = dimensionsOf(spec).find(({ id }) => id === 'requests/backend');
    expect(backend?.limits).toMatchObject([
      {
        title: 'p95 of backend',
        figure: 'latencyP95Seconds',
        part: 'backend',
        bound: 'at most',
        value: 1,
        alert: 'SlowResponseTime',
        source: { file: 'prometheus/alerts/application.yml' },
      },
      {
        title: 'errors of backend',
        figure: 'errorShare',
        part: 'backend',
        value: 0.05,
        alert: 'HighErrorRate',
      },
    ]);
  });

  it('of all services at once are those of each', () => {
    expect(
      dimensionsOf(spec)
        .find(({ id }) => id === 'requests')
        ?.limits.map(({ title }) => title),
    ).toEqual([
      'p95 of backend',
      'errors of backend',
      'p95 of streaming',
      'errors of streaming',
      'p95 of ai',
      'errors of ai',
    ]);
  });

  it('follow the rule when it changes, and are never guessed', () => {
    const changed = (expr: string): typeof spec => ({
      ...spec,
      prometheus: {
        ...spec.prometheus,
        ruleGroups: spec.prometheus.ruleGroups.map((group) => ({
          ...group,
          rules: group.rules.map((rule) =>
            rule.alert === 'SlowResponseTime' ? { ...rule, expr } : rule,
          ),
        })),
      },
    });
    expect(
      dimensionsOf(
        changed('histogram_quantile(0.99, sum by (job, le) (rate(x_bucket[5m]))) > 2.5'),
      )[0]?.limits[0],
    ).toMatchObject({ title: 'p99 of backend', figure: 'latencyP99Seconds', value: 2.5 });
    expect(() =>
      dimensionsOf(changed('histogram_quantile(0.95, rate(x_bucket[5m])) > bool y')),
    ).toThrow(/application\.yml:\d+:\d+: the limit of SlowResponseTime can't be read/);
    expect(() => dimensionsOf(changed('avg(x) > 1'))).toThrow(/a histogram_quantile of/);
  });
});

it.each([
  ['a / b > 0.05', { operator: '>', value: 0.05 }],
  ['(a > 3)', { operator: '>', value: 3 }],
  ['up == 0', undefined],
  ['a > b', undefined],
  ['rate(x[5m])', undefined],
  ['a < 1e3', { operator: '<', value: 1_000 }],
])('the limit of %s', (expr, expected) => {
  expect(limitOf(expr)).toEqual(expected);
});

it('a quantile, if there is one alone', () => {
  expect([
    quantileOf('histogram_quantile(0.95, a)'),
    quantileOf('histogram_quantile(0.95, a) / histogram_quantile(0.5, a)'),
    quantileOf('a'),
    quantileOf('histogram_quantile(x, a)'),
  ]).toEqual([0.95, undefined, undefined, undefined]);
});
