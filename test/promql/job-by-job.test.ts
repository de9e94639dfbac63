import { describe, expect, it } from 'vitest';
import { isJobByJob } from '../../src/promql/job-by-job.ts';
import { parseExpr } from '../../src/promql/parse.ts';

function answer(text: string): boolean {
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) throw new Error(`${text} isn't understood`);
  return isJobByJob(parsed.expr, new Set(['job:x:rate5m', 'api_error_ratio']));
}

describe('an expression whose result is the same for a job, whatever else is scraped', () => {
  it.each([
    'up == 0',
    'vector(1)',
    'sum by (job, le) (rate(x_bucket[5m])) > 1',
    'histogram_quantile(0.95, sum by (job, le) (rate(x_bucket[5m]))) > 1',
    'sum without (instance) (x) > 0',
    'sum by (job) (x) / sum by (job) (y) > 0.2',
    'x / on (job, instance) y > 1',
    'x / ignoring (mode) group_left y > 1',
    'x / y > 1 and on (job) z',
    'sum(x{job="api"}) / sum(y{job="api"}) > 1',
    'absent(up{job="api"})',
  ])('%s', (text) => expect(answer(text)).toBe(true));

  it.each([
    'sum(up) < 3',
    'count by (instance) (up) < 1',
    'sum without (job) (x) > 0',
    'x / on (instance) y > 1',
    'x unless ignoring (job) y',
    'x > on () group_left () sum(y)',
    'absent(up)',
    'x > scalar(y)',
    'a{job="api"} unless on () b{job="db"}',
    'x unless on (job) b{job="db"}',
    'job:x:rate5m > 1',
    'api_error_ratio{job="api"} > 1',
    'ALERTS{alertstate="firing"}',
    '{instance="a"} > 0',
    'topk(3, x)',
    'x / fill (0) y',
  ])('not: %s', (text) => expect(answer(text)).toBe(false));
});
