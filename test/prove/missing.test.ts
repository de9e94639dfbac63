import { describe, expect, it } from 'vitest';
import { readExposition } from '../../src/lib/exposition.ts';
import { missingFinding } from '../../src/prove/judge/metrics.ts';
import { makeProofPlan } from '../../src/prove/plan/index.ts';
import { groupOrder, problemOf } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';

const PROMETHEUS = `rule_files: [rules.yml]
scrape_configs:
  - { job_name: api, static_configs: [{ targets: ['api:80'] }] }
`;
const API = `# TYPE requests_total counter
requests_total{code="200"} 10
requests_total{code="500"} 1
# TYPE s histogram
s_bucket{le="0.5"} 1
s_bucket{le="+Inf"} 2
s_sum 1
s_count 2
`;

/** What is planned for an alert, and for what it reads by a recording rule. */
function planned(expr: string, recorded?: string) {
  const rules = [
    ...(recorded === undefined ? [] : [{ record: 'job:x', expr: recorded }]),
    { alert: 'A', expr, for: '1m' },
  ];
  const stack = readStack(
    [
      { path: 'prometheus.yml', text: PROMETHEUS },
      { path: 'rules.yml', text: JSON.stringify({ groups: [{ name: 'g', rules }] }, null, 1) },
    ],
    { metrics: new Map([['api', API]]) },
  );
  const { plan } = makeProofPlan(stack, solutionOf(stack), {
    ...{ stackName: 's', withinMs: 600_000, speed: 20 },
    groupOrder: groupOrder(problemOf(stack).rules),
    saved: new Map([['api', readExposition(API)]]),
  });
  const told = plan.missing.map(missingFinding);
  return {
    findings: told.map(({ id, expected, seen }) => [id, expected, seen]),
    notes: plan.notes.filter((note) => note.startsWith('A reads')),
  };
}

describe('an alert that reads what no saved series has', () => {
  it('a label', () =>
    expect(planned('rate(requests_total{status="500"}[5m]) > 1').findings).toEqual([
      [
        'series-missing',
        'series of requests_total with status="500", which alert A reads',
        'the /metrics texts that are known of the jobs in question have the labels job, instance, code alone',
      ],
    ]));
  it('a bucket', () =>
    expect(planned('rate(s_bucket{le="0.25"}[5m]) > 1').findings).toEqual([
      [
        'series-missing',
        'series of s_bucket with le="0.25", which alert A reads',
        'the /metrics texts that are known of the jobs in question have the values 0.5, +Inf alone',
      ],
    ]));
  it('a label of what it reads by a recording rule', () =>
    expect(
      planned('job:x > 1', 'sum by (job) (rate(requests_total{status="500"}[5m]))').findings,
    ).toMatchObject([
      ['series-missing', expect.stringContaining('status="500"'), expect.anything()],
    ]));
  it('a label within a subquery', () =>
    expect(
      planned('max_over_time(requests_total{status="500"}[10m:1m]) > 1').findings,
    ).toMatchObject([['series-missing', expect.anything(), expect.anything()]]));
  it('a value, which may come one day: a note', () => {
    const { findings, notes } = planned('rate(requests_total{code="503"}[5m]) > 1');
    expect(findings).toEqual([]);
    expect(notes).toEqual([
      'A reads requests_total with code="503", which no saved series has (there: 200, 500): proved on series that were made up',
    ]);
  });
  it.each([
    'rate(requests_total{code="500"}[5m]) > 1',
    'rate(requests_total{code=~"5.."}[5m]) > 1',
    'rate(s_bucket{le="0.5"}[5m]) > 1',
    // What is there may be enough, and what isn't may be what is asked for.
    'rate(requests_total{code="500"}[5m]) > 1 or old_requests > 1',
    'absent(jobs_done)',
    'rate(requests_total{code="500"}[5m]) > 1 or rate(requests_total{status="500"}[5m]) > 1',
  ])('but %s reads what is there', (expr) =>
    expect(planned(expr)).toEqual({ findings: [], notes: [] }),
  );
});
