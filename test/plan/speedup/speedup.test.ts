import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDurationMs } from '../../../src/lib/duration.ts';
import { speedUp, speedUpExpr } from '../../../src/plan/speedup/index.ts';

describe('speedUpExpr', () => {
  const cases: [string, string][] = [
    ['rate(x[5m]) > 0.1', '(rate(x[5s]) / 60) > 0.1'],
    ['sum by (job) (rate(x{a="[5m]"}[5m] offset 1h)) > 1', 'sum by (job) ((rate(x{a="[5m]"}[5s] offset 1m) / 60)) > 1'],
    ['max_over_time(rate(x[5m])[1h:1m]) > 1', 'max_over_time((rate(x[5s]) / 60)[1m:1s]) > 1'],
    ['increase(x[10m]) > 5', 'increase(x[10s]) > 5'],
    ['deriv(x[1h]) + irate(y[1m])', '(deriv(x[1m]) / 60) + (irate(y[1s]) / 60)'],
    ['x offset -5m', 'x offset -5s'],
    ['rate(rate_of_things) > 300', '(rate(rate_of_things) / 60) > 300'],
    ['up == 0', 'up == 0'],
  ];
  it.each(cases)('%s', (from, to) => {
    expect(speedUpExpr(from, 60)).toEqual({ expr: to });
    expect(speedUpExpr(from, 1)).toEqual({ expr: from });
  });
  it.each(['time() - x > 5', 'predict_linear(x[1h], 4 * 3600) < 0', 'x @ 1609746000', 'time() - node_boot_timestamp_seconds', 'hour() > 5'])('%s can only be proved in real time', (expr) => {
    expect(speedUpExpr(expr, 60).problem).toBeTypeOf('string');
  });
});

describe("speedUp on GT-Vision's own files", () => {
  const dir = new URL('../../../stack/', import.meta.url);
  const paths = ['prometheus/prometheus.yml', 'alertmanager/alertmanager.yml', ...readdirSync(new URL('prometheus/alerts/', dir)).map((name) => `prometheus/alerts/${name}`)];
  const files = paths.map((path) => ({ path, text: readFileSync(new URL(path, dir), 'utf8') }));

  it('divides every duration and leaves all else as it is', () => {
    const { files: faster, problems } = speedUp(files, 60);
    expect(problems).toEqual([]);
    let durations = 0;
    const compare = (before: unknown, after: unknown, key: string): void => {
      if (typeof before === 'object' && before !== null) {
        expect(Object.keys(after as object)).toEqual(Object.keys(before));
        for (const [k, v] of Object.entries(before)) compare(v, (after as Record<string, unknown>)[k], k);
      } else if (key !== 'expr' && before !== after) {
        durations++;
        const [b, a] = [parseDurationMs(String(before)), parseDurationMs(String(after))];
        expect(Math.abs((a ?? NaN) * 60 - (b ?? NaN))).toBeLessThan(60);
      }
    };
    files.forEach((file, i) => compare(parse(file.text), parse(faster[i]!.text), ''));
    expect(durations).toBeGreaterThan(20);
  });

  it('says where something reads the clock', () => {
    const text = 'groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: time() > 5\n';
    expect(speedUp([{ path: 'prometheus/alerts/a.yml', text }], 60).problems.map((p) => p.source)).toEqual([{ file: 'prometheus/alerts/a.yml', line: 5, column: 15 }]);
  });
});
