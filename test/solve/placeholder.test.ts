import { describe, expect, it } from 'vitest';
import type { Unsolved } from '../../src/model/recipe.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf, solved } from './support.ts';

describe('what only its author can say', () => {
  it.each([
    ['rate(x_total[$__rate_interval]) > 1', '$__rate_interval'],
    ['rate(x_total{%(selector)s}[5m]) > 1', '%(selector)s'],
    ['x > ${LIMIT}', '${LIMIT}'],
  ])('%s', (expr, placeholder) => {
    const result = solved(expr);
    expect(result).toMatchObject({ kind: 'needs-word' });
    expect('question' in result ? result.question : '').toContain(placeholder);
  });

  it('filled in, it is solved', () => {
    expect(solved('rate(x_total{job="a"}[5m]) > 1')).toHaveProperty('pairs');
  });

  it('what is no PromQL for another reason asks nobody', () => {
    expect(solved('sum(x[5m]) > 1')).toMatchObject({
      kind: 'not-understood',
      reason:
        'its expression is no PromQL: `sum` wants an instant vector, and gets a range vector (`[5m]`)',
    });
    expect(solved('max(5) > 1')).toMatchObject({
      reason: expect.stringContaining('`max` wants an instant vector, and gets a scalar') as string,
    });
    expect(solved('sum(sum_over_time(x[5m])) > 1')).toHaveProperty('pairs');
    expect(solved('x >> 1')).toMatchObject({ kind: 'not-understood' });
    expect(solved('holt_winters(x[1h], 0.5, 0.5) > 1')).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringContaining('double_exponential_smoothing') as string,
    });
  });
});

describe('what a group of vmalert’s asks in another language', () => {
  const unsolved = (expr: string, keys: string): Unsolved | undefined => {
    const rule = `{ alert: A, expr: '${expr}' }`;
    const text = `groups: [{ name: g, ${keys}, rules: [${rule}] }]`;
    return solutionOf(readStack([{ path: 'a.rules', text }])).unsolved[0];
  };

  it.each([
    ['LogsQL', '* | extract "ip=<ip> " | stats count() as n | filter n:>0', 'type: vlogs'],
    ['LogsQL', 'up == 0', 'type: vlogs'],
    ['Graphite', 'sumSeries($host.cpu)', 'type: graphite'],
    ['vtraces', 'up == 0', 'type: vtraces'],
    ['MetricsQL', 'holt_winters(x[1h], 0.5, 0.5) default 0 > 1', 'concurrency: 2'],
  ])('is no question for anybody: %s', (language, expr, keys) => {
    expect(unsolved(expr, keys)).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringContaining(language) as string,
      construct: language,
    });
  });

  it('but for a placeholder where metrics are asked for', () => {
    expect(unsolved('x > ${LIMIT}', 'type: prometheus, concurrency: 2')).toMatchObject({
      kind: 'needs-word',
    });
  });
});
