import { describe, expect, it } from 'vitest';
import { misexported } from '../../scripts/agree/misexport.js';
import type { Fault } from '../../scripts/agree/misexport.js';

const COUNTER = `# HELP x_total Things.
# TYPE x_total counter
x_total{endpoint="/a/:id",status="200"} 10
x_total{endpoint="/a/:id",status="500"} 5
# HELP y Other things.
# TYPE y gauge
y 3
`;
const HISTOGRAM = `# TYPE h histogram
h_bucket{le="0.001"} 0
h_bucket{le="0.1"} 2
h_bucket{le="1"} 3
h_bucket{le="100"} 4
h_bucket{le="+Inf"} 4
h_sum 7
h_count 4
`;
const exported = (
  operator: string,
  {
    metric = 'x_total',
    label,
    text = COUNTER,
  }: { metric?: string; label?: string; text?: string } = {},
  state = new Map<string, number>(),
): string[] => {
  const fault: Fault = {
    service: 'api',
    metric,
    operator,
    ...(label === undefined ? {} : { label }),
  };
  return misexported(text, fault, state).trimEnd().split('\n');
};

describe('a service that exports a metric wrongly', () => {
  it.each([
    [
      'metric-renamed',
      'x_total_new{endpoint="/a/:id",status="200"} 10',
      '# TYPE x_total_new counter',
    ],
    ['metric-type-changed', 'x_total{endpoint="/a/:id",status="200"} 10', '# TYPE x_total gauge'],
    ['metric-unit-changed', 'x_total{endpoint="/a/:id",status="200"} 10000', ''],
    ['counter-skips', 'x_total{endpoint="/a/:id",status="500"} 4', ''],
    ['raw-path', 'x_total{endpoint="/a/4711",status="500"} 5', ''],
    ['label-without-bound', 'x_total{endpoint="/a/:id",status="200",id="17"} 10', ''],
  ])('%s', (operator, line, comment) => {
    const lines = exported(operator);
    expect(lines).toContain(line);
    if (comment !== '') expect(lines).toContain(comment);
    // Another metric stays as it is.
    expect(lines.slice(-3)).toEqual(COUNTER.trimEnd().split('\n').slice(-3));
  });

  it('counts into one series what has the same labels', () => {
    expect(exported('label-lost', { label: 'status' })).toContain('x_total{endpoint="/a/:id"} 15');
    expect(exported('label-value-wrong', { label: 'status' })).toContain(
      'x_total{endpoint="/a/:id",status="200"} 15',
    );
  });

  it('a gauge stays at its highest', () => {
    const state = new Map<string, number>();
    const after = (value: number) =>
      exported('gauge-never-falls', { metric: 'y', text: `y ${value}\n` }, state);
    expect([after(1), after(3), after(2)]).toEqual([['y 1'], ['y 3'], ['y 3']]);
  });

  it('a histogram in another unit, or without its upper buckets', () => {
    expect(exported('metric-unit-changed', { metric: 'h', text: HISTOGRAM }).slice(1)).toEqual([
      ...['h_bucket{le="0.001"} 0', 'h_bucket{le="0.1"} 0', 'h_bucket{le="1"} 0'],
      ...['h_bucket{le="100"} 2', 'h_bucket{le="+Inf"} 4', 'h_sum 7000', 'h_count 4'],
    ]);
    expect(exported('buckets-cut-off', { metric: 'h', text: HISTOGRAM }).slice(1)).toEqual([
      ...['h_bucket{le="0.001"} 0', 'h_bucket{le="0.1"} 2', 'h_bucket{le="+Inf"} 4'],
      ...['h_sum 7', 'h_count 4'],
    ]);
  });

  it('refuses a mistake that it does not know', () => {
    expect(() => exported('misspelt')).toThrow('misspelt');
  });
});
