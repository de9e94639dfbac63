import { describe, expect, it } from 'vitest';
import { readExposition } from '../../src/lib/exposition.ts';
import type { SyntheticSeries } from '../../src/model/synthetic.ts';
import { baseOf, overBase } from '../../src/prove/plan/base.ts';
import { targetsOf } from '../../src/prove/plan/discover.ts';
import { queryOf } from '../../src/prove/plan/panel-query.ts';
import { livingSeries } from '../../src/prove/plan/saved.ts';

const shapes = (text: string) =>
  livingSeries(readExposition(text)).map(({ metric, shape }) => [metric, shape]);

describe('saved metrics, alive', () => {
  it('gauges stand, counters go on, by type or by name', () =>
    expect(
      shapes(
        '# TYPE heat gauge\nheat 7\n# TYPE jobs counter\njobs_total 3600\nold_total 0\nnone NaN',
      ),
    ).toEqual([
      ['heat', { kind: 'value', value: 7 }],
      ['jobs_total', { kind: 'line', from: 3600, perSecond: 1 }],
      ['old_total', { kind: 'line', from: 0, perSecond: 0 }],
      ['none', { kind: 'value', value: NaN }],
    ]));

  it('buckets stay cumulative, and an empty histogram observes something', () => {
    const text = (count: number): string =>
      `# TYPE s histogram\ns_bucket{le="1"} 0\ns_bucket{le="+Inf"} ${count}\ns_sum 0\ns_count ${count}`;
    const slopes = (count: number) =>
      shapes(text(count)).map(([, shape]) => (shape as { perSecond: number }).perSecond);
    expect(slopes(7_200)).toEqual([0, 2, 0, 2]);
    expect(slopes(0)).toEqual([1, 1, 1, 1]);
  });

  it('are stored with the labels of their target, relabelled as the job does', () => {
    const job = targetsOf(
      {
        job_name: 'api',
        static_configs: [{ targets: ['api:80'] }],
        metric_relabel_configs: [{ source_labels: ['__name__'], regex: 'go_.*', action: 'drop' }],
      },
      [],
    );
    const saved = new Map([['api', readExposition('up_to{job="own"} 1\ngo_threads 3')]]);
    const [kept, dropped] = baseOf([job], saved);
    expect(kept?.stored).toMatchObject({
      metric: 'up_to',
      labels: { job: 'api', instance: 'api:80', exported_job: 'own' },
    });
    expect([dropped?.exported.metric, dropped?.stored]).toEqual(['go_threads', undefined]);
  });

  it('stand wherever nothing is provoked on the same series', () => {
    const value = (number: number) => ({ kind: 'value', value: number }) as const;
    const series = (...steps: SyntheticSeries['steps']): SyntheticSeries => ({
      metric: 'x',
      labels: {},
      steps,
    });
    const gone = { kind: 'absent' } as const;
    const first = series({ atMs: 10, shape: value(8) }, { atMs: 20, shape: gone });
    const second = series({ atMs: 20, shape: value(9) }, { atMs: 30, shape: gone });
    const other = { ...first, metric: 'y' };
    const [x, y] = overBase([series({ atMs: 0, shape: value(1) })], [second, first, other]);
    expect(x?.steps.map(({ atMs, shape }) => [atMs, shape])).toEqual([
      [0, value(1)],
      [10, value(8)],
      [20, value(1)],
      [20, value(9)],
      [30, value(1)],
    ]);
    expect(y).toEqual(other);
  });
});

describe("a panel's query with its variables at all", () => {
  it.each([
    ['x{a="$a", b=~"$b|c", c="d"}', 'x{a=~".*", b=~".*|c", c="d"}'],
    ['x{a!="$a", b="p.$b"}', 'x{a!~"no value is called like this", b=~"p\\\\..*"}'],
    ['rate(x[$__rate_interval])', 'rate(x[60000ms])'],
    ['increase(x[$__range])', 'increase(x[3600000ms])'],
    ['x / ${__range_s}', 'x / 3600'],
  ])('%s', (text, query) => expect(queryOf(text, 15_000)).toBe(query));
});
