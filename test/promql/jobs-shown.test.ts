import { expect, it } from 'vitest';
import { jobsShown } from '../../src/promql/jobs-shown.ts';
import { selects } from '../../src/promql/matchers.ts';
import { parseExpr } from '../../src/promql/parse.ts';

const SERIES = [
  { metric: 'requests_total', labels: { job: 'a', code: '200' } },
  { metric: 'requests_total', labels: { job: 'b', code: '200' } },
  { metric: 'requests_total', labels: { job: 'b', code: '500' } },
  { metric: 'limit', labels: { job: 'a' } },
];

/** The jobs that an expression surely shows. */
function shown(text: string): string[] {
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) throw new Error(text);
  return jobsShown(
    parsed.expr,
    (selector) =>
      new Set(
        SERIES.filter(({ metric, labels }) => selects(selector, metric, labels)).map(
          ({ labels }) => labels.job,
        ),
      ),
  );
}

it.each([
  ['rate(requests_total[5m])', ['a', 'b']],
  ['sum by (job) (rate(requests_total{code!="404"}[5m])) / 2', ['a', 'b']],
  ['requests_total{code=~"5.."}', ['b']],
  ['{__name__=~"requests_.*", job="a"}', ['a']],
  ['requests_total / on (job, code) limit', ['a']],
  ['requests_total > bool 3', ['a', 'b']],
])('%s shows of each of its jobs something', (text, jobs) => expect(shown(text)).toEqual(jobs));

it.each([
  'sum(requests_total)',
  'requests_total > 3',
  'requests_total and limit',
  'requests_total or limit',
  'topk(1, requests_total)',
  'requests_total offset 1d',
  'label_replace(requests_total, "job", "x", "", "")',
  'limit * scalar(requests_total)',
])('%s may show nothing of a job', (text) => expect(shown(text)).toEqual([]));
