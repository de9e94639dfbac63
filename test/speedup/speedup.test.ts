import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatDuration, parseDurationMs } from '../../src/lib/duration.ts';
import { speedUp, speedUpExpr } from '../../src/speedup/index.ts';

describe('speedUpExpr', () => {
  const cases: [string, string][] = [
    ['rate(x[5m]) > 0.1', '(rate(x[5s]) / 60) > 0.1'],
    [
      'sum by (job) (rate(x{a="[5m]"}[5m] offset 1h)) > 1',
      'sum by (job) ((rate(x{a="[5m]"}[5s] offset 1m) / 60)) > 1',
    ],
    ['max_over_time(rate(x[5m])[1h:1m]) > 1', 'max_over_time((rate(x[5s]) / 60)[1m:1s]) > 1'],
    ['increase(x[10m]) > 5', 'increase(x[10s]) > 5'],
    ['deriv(x[1h]) + irate(y[1m])', '(deriv(x[1m]) / 60) + (irate(y[1s]) / 60)'],
    ['x offset -5m', 'x offset -5s'],
    ['rate(rate_of_things) > 300', '(rate(rate_of_things) / 60) > 300'],
    ['up == 0', 'up == 0'],
    ['x[300] + y[1h30m]', 'x[5s] + y[1m30s]'],
    ['x[5m + 1m] offset -(1h - 30m)', 'x[6s] offset -30s'],
    ['x offset 0s + x[1ms]', 'x offset 0s + x[1ms]'],
    ['rate(rate(x[5m])[1h:1m])', '(rate((rate(x[5s]) / 60)[1m:1s]) / 60)'],
    ['resets(x[1h:])', 'resets(x[1m:])'],
    ['-rate(x[5m]) ^ 2 # rate(y[5m])\n  > 1', '-(rate(x[5s]) / 60) ^ 2 # rate(y[5m])\n  > 1'],
    [
      'double_exponential_smoothing(x[1h], 0.5, 0.5)',
      'double_exponential_smoothing(x[1m], 0.5, 0.5)',
    ],
    ['x / on (job) group_left rate(y[5m])', 'x / on (job) group_left () (rate(y[5s]) / 60)'],
    ['x / on () group_right (a) rate(y[5m])', 'x / on () group_right (a) (rate(y[5s]) / 60)'],
    ['predict_linear(x[1h], 4 * 3600) < 0', 'predict_linear(x[1m], ((4 * 3600) / 60)) < 0'],
    ['predict_linear(x[1h], 4h) < 0', 'predict_linear(x[1m], ((4h) / 60)) < 0'],
    ['rate(x[5m] offset 1w)', '(rate(x[5s] offset 2h48m) / 60)'],
  ];
  it.each(cases)('%s', (from, to) => {
    expect(speedUpExpr(from, 60)).toEqual({ expr: to });
    expect(speedUpExpr(from, 1)).toEqual({ expr: from });
  });
  it.each([
    'time() - x > 5',
    'x @ 1609746000',
    'x_timestamp_seconds > 5',
    '{__name__="x_timestamp_seconds"} > 5',
    'hour() > 5',
    'timestamp(x)',
    'sum(increase(x[5m])) / 5m',
    'rate(x[2 * 5m])',
    'rate(x[step()])',
    'x @ end()',
  ])('%s can only be proved in real time', (expr) => {
    expect(speedUpExpr(expr, 60).problem).toBeTypeOf('string');
  });
});

describe("speedUp on GT-Vision's own files", () => {
  const dir = new URL('../../stack/', import.meta.url);
  const paths = [
    'prometheus/prometheus.yml',
    'alertmanager/alertmanager.yml',
    ...readdirSync(new URL('prometheus/alerts/', dir)).map((name) => `prometheus/alerts/${name}`),
  ];
  const files = paths.map((path) => ({ path, text: readFileSync(new URL(path, dir), 'utf8') }));

  it('divides every duration and leaves all else as it is', () => {
    const { files: faster, problems } = speedUp(files, 60);
    expect(problems).toEqual([]);
    let durations = 0;
    const compare = (before: unknown, after: unknown, key: string): void => {
      if (typeof before === 'object' && before !== null) {
        expect(Object.keys(after as object)).toEqual(Object.keys(before));
        for (const [k, v] of Object.entries(before))
          compare(v, (after as Record<string, unknown>)[k], k);
      } else if (key !== 'expr' && before !== after) {
        durations++;
        const [b, a] = [parseDurationMs(String(before)), parseDurationMs(String(after))];
        expect(Math.abs((a ?? NaN) * 60 - (b ?? NaN))).toBeLessThan(60);
      }
    };
    files.forEach((file, i) => compare(parse(file.text), parse(faster[i]!.text), ''));
    expect(durations).toBeGreaterThan(20);
  });

  it('leaves comments, layout and texts', () => {
    const { files: faster } = speedUp(files, 60);
    files.forEach((file, i) => {
      const changed = file.text
        .split('\n')
        .filter((line, n) => line !== faster[i]!.text.split('\n')[n]);
      expect(faster[i]!.text.split('\n')).toHaveLength(file.text.split('\n').length);
      for (const line of changed) expect(line).toMatch(/\d(ms|[smhd])\b/);
    });
    expect(speedUp(files, 1).files).toBe(files);
  });

  it('says where something reads the clock', () => {
    const text = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: time() > 5\n';
    expect(
      speedUp([{ path: 'prometheus/alerts/a.yml', text }], 60).problems.map((p) => p.source),
    ).toEqual([{ file: 'prometheus/alerts/a.yml', line: 5, column: 15 }]);
  });
});

const fast = (path: string, text: string, speed = 60): string =>
  speedUp([{ path, text }], speed).files[0]!.text;

describe('speedUp', () => {
  it('writes out the defaults, for they would stay as slow as they are', () => {
    expect(parse(fast('prometheus/prometheus.yml', 'rule_files: [a.yml]\n'))).toEqual({
      rule_files: ['a.yml'],
      global: { scrape_interval: '1s', evaluation_interval: '1s', scrape_timeout: '167ms' },
    });
    expect(parse(fast('prometheus/prometheus.yml', 'global: { scrape_interval: 6s }\n'))).toEqual({
      global: { scrape_interval: '100ms', evaluation_interval: '1s', scrape_timeout: '100ms' },
    });
    expect(
      parse(
        fast(
          'alertmanager/alertmanager.yml',
          'route:\n  receiver: a\n  group_wait: 6s\n  routes:\n    - group_interval: 1h\n',
        ),
      ),
    ).toEqual({
      route: {
        receiver: 'a',
        group_wait: '100ms',
        group_interval: '5s',
        repeat_interval: '4m',
        routes: [{ group_interval: '1m' }],
      },
    });
  });

  it('leaves labels, annotations and timeouts towards receivers', () => {
    const rules =
      'groups:\n  - name: g\n    interval: 1m\n    rules:\n      - alert: A\n        expr: x\n        keep_firing_for: 2m\n        labels: {interval: 5m, for: 5m}\n        annotations: {for: 5m, text: "for 5m {{ $labels.query }} {{ \\"query\\" }}"}\n';
    expect(fast('prometheus/r.rules', rules)).toBe(
      rules.replace('interval: 1m', 'interval: 1s').replace('2m', '2s'),
    );
    expect(
      parse(
        fast(
          'alertmanager/alertmanager.yml',
          'receivers: [{name: a, webhook_configs: [{timeout: 1m}]}]\n',
        ),
      ),
    ).toEqual({ receivers: [{ name: 'a', webhook_configs: [{ timeout: '1m' }] }] });
  });

  it('divides what an alias points to once', () => {
    expect(
      parse(
        fast(
          'prometheus/prometheus.yml',
          'global: {scrape_interval: &i 1m, evaluation_interval: *i, scrape_timeout: *i}\nscrape_configs:\n  - &a {scrape_interval: 2m}\n  - {<<: *a, job_name: b}\n',
        ),
        { merge: true },
      ),
    ).toEqual({
      global: { scrape_interval: '1s', evaluation_interval: '1s', scrape_timeout: '1s' },
      scrape_configs: [{ scrape_interval: '2s' }, { scrape_interval: '2s', job_name: 'b' }],
    });
  });

  it('refuses templates that ask Prometheus by themselves', () => {
    const rule = (text: string): string =>
      `groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: x\n        annotations:\n          a: '${text}'\n`;
    const count = (text: string): number =>
      speedUp([{ path: 'prometheus/a.yml', text: rule(text) }], 60).problems.length;
    expect(
      [
        '{{ query "up" }}',
        '{{ with printf "rate(x[5m])" | query }}{{ end }}',
        '{{ "}}" | query }}',
        '{{ range (query `x`) }}{{ end }}',
      ].map(count),
    ).toEqual([1, 1, 1, 1]);
    expect(
      ['query', '{{ .query }}', '{{ $query }}', '{{ "query" }} query {{ $value }}'].map(count),
    ).toEqual([0, 0, 0, 0]);
  });

  it('leaves what is no configuration', () => {
    for (const path of [
      'prometheus/broken.yml',
      'prometheus/tests/x.yml',
      'alertmanager/templates/a.tmpl',
      'alertmanager/other.yml',
    ])
      expect(fast(path, 'interval: 5m\nx: [')).toBe('interval: 5m\nx: [');
  });

  it('keeps a timeout within its interval, and every duration in proportion', () => {
    for (let ms = 1; ms < 5_000_000; ms = Math.ceil(ms * 1.37)) {
      for (const speed of [2, 7, 60, 333]) {
        const { global } = parse(
          fast(
            'prometheus/prometheus.yml',
            `global: {scrape_interval: ${ms}ms, scrape_timeout: ${Math.ceil(ms * 0.999)}ms}\n`,
            speed,
          ),
        ) as { global: Record<string, string> };
        const [interval, timeout] = [
          parseDurationMs(global['scrape_interval']!) ?? NaN,
          parseDurationMs(global['scrape_timeout']!) ?? NaN,
        ];
        expect(timeout).toBeLessThanOrEqual(interval);
        expect(timeout).toBeGreaterThanOrEqual(1);
        expect(Math.abs(interval * speed - ms)).toBeLessThanOrEqual(
          Math.max(speed / 2, speed - ms),
        );
        expect(speedUpExpr(`rate(x[${ms}ms])`, speed).expr).toBe(
          `(rate(x[${formatDuration(interval)}]) / ${speed})`,
        );
      }
    }
  });
});

describe("Grafana's own alert rules", () => {
  const rules = (interval: string): string =>
    `groups:\n  - interval: ${interval}\n    rules:\n      - title: A # stays\n        for: 5m\n        data:\n          - refId: A\n            model: {expr: "rate(x[5m])"}\n          - refId: B\n            model: {type: threshold}\n`;
  const faster = (
    text: string,
    speed = 60,
    path = 'grafana/provisioning/alerting/a.yaml',
  ): string => speedUp([{ path, text }], speed).files[0]?.text ?? '';

  it('are looked at as often as Grafana can, and are pending and ask at the speed', () => {
    expect(faster(rules('1m'))).toBe(
      rules('10s').replace('5m', '5s').replace('rate(x[5m])', '(rate(x[5s]) / 60)'),
    );
    expect(faster(rules('30m'))).toContain('interval: 30s');
    expect(faster(rules('1m'), 2)).toContain('interval: 30s');
    expect(faster(rules('10s'))).toContain('interval: 10s');
    expect(faster(rules('1m'), 1)).toBe(rules('1m'));
  });
  it('may read the clock: then their question stays', () => {
    const { files, problems } = speedUp(
      [
        {
          path: 'grafana/provisioning/alerting/a.yaml',
          text: rules('1m').replace('rate(x[5m])', 'time() - x'),
        },
      ],
      60,
    );
    expect([problems, files[0]?.text.includes('time() - x')]).toEqual([[], true]);
  });
  it('are all of Grafana that is sped up', () =>
    expect(faster('a: {interval: 1m}', 60, 'grafana/provisioning/datasources/p.yaml')).toBe(
      'a: {interval: 1m}',
    ));
});
