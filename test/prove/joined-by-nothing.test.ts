import { describe, expect, it } from 'vitest';
import { jobsOf, plannedAlerts } from '../../src/prove/plan/alerts.ts';
import type { PlannedAlert } from '../../src/prove/plan/alerts.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';
import { placedOf } from './support.ts';

const JOBS = [
  '{ job_name: fw, static_configs: [{ targets: ["wall:1"], labels: { env: prod, side: l } }] }',
  '{ job_name: probes, static_configs: [{ targets: ["p:1", "q:1"], labels: { env: dev, side: r } }] }',
];

const RECORDED = { record: 'probes:max', expr: 'max by (env) (probe{job="probes"})' };

/** A solved alert on two jobs whose targets have nothing in common. */
function planned(expr: string): PlannedAlert {
  const stack = readStack([
    { path: 'prometheus.yml', text: `rule_files: [r.yml]\nscrape_configs: [${JOBS.join()}]\n` },
    {
      path: 'r.yml',
      text: JSON.stringify({
        groups: [{ name: 'g', rules: [RECORDED, { alert: 'A', expr, for: '1m' }] }],
      }),
    },
  ]);
  const { subject } = subjectOf(stack);
  const solution = solutionOf(stack);
  expect(solution.unsolved).toEqual([]);
  return plannedAlerts(subject, solution, jobsOf(subject))[0]!;
}

const PROBE = { job: 'probes', env: 'dev' };
const WALL = { job: 'fw', instance: 'wall:1', env: 'prod' };

describe('what is joined by nothing shares no label of its targets', () => {
  it.each([
    [
      'an instance that the other is asked for',
      'max(probe{job="probes"}) == 0 and on () (port{job="fw", instance="wall:1"} == bool 1)',
    ],
    [
      'another label that the other is asked for',
      'max(probe{job="probes"}) == 0 and on () (port{job="fw", env="prod"} == 1)',
    ],
    [
      'a label that each groups by for itself',
      'max(sum by (env) (probe{job="probes"})) > 5 and on () sum by (env) (port{job="fw"}) > 5',
    ],
    [
      'what Prometheus writes of a scrape',
      'max(up{job="probes"}) == 0 and on () port{job="fw", instance="wall:1"} == 1',
    ],
    ['both aggregated', 'sum(probe{job="probes", env="dev"}) > 5 and sum(port{job="fw"}) > 5'],
    ['a scalar', 'max(probe{job="probes"}) > scalar(sum(port{job="fw", instance="wall:1"})) + 5'],
    ['divided', 'sum(probe{job="probes"}) / on () port{job="fw", instance="wall:1"} > 5'],
    ['a recorded one', 'max(probes:max) > 5 and on () port{job="fw", env="prod"} > 5'],
    ['unless', 'max(probe{job="probes"}) > 5 unless on () port{job="fw", instance="wall:1"} > 1'],
  ])('%s', (_, expr) => {
    expect(placedOf(planned(expr))).toEqual(
      expect.arrayContaining([expect.objectContaining(PROBE), expect.objectContaining(WALL)]),
    );
  });

  it('nor a target, where only their labels tell which', () => {
    const placed = placedOf(planned('max(probe{side="r"}) > 5 and on () port{side="l"} > 5'));
    expect(placed).toMatchObject([PROBE, WALL]);
  });

  it('and the instance that fires has the labels of its own side', () => {
    const { result } = planned('probe{job="probes"} > 5 and on () port{job="fw", env="prod"} > 5');
    expect(result).toMatchObject({ job: 'probes', env: 'dev' });
  });
});

describe('what is joined by a label needs it to be alike', () => {
  it.each([
    'max by (env) (probe{job="probes"}) == 0 and on (env) port{job="fw"} == 1',
    'sum by (env) (probe{job="probes"}) > 5 and sum by (env) (port{job="fw"}) > 5',
    'probes:max > 5 and on (env) port{job="fw"} > 5',
    'probe{job="probes"} > 5 and on () port{job="fw"} > 5 and on (env) left{job="fw"} > 5',
    'sum by (env) ({__name__=~"probe|port", job=~"fw|probes"}) > 5 and on (env) port{job="fw"} > 1',
  ])('%s', (expr) => {
    const placed = placedOf(planned(expr));
    if (typeof placed === 'string') expect(placed).toMatch(/needs .* with env=/);
    else expect(new Set(placed.map(({ env }) => env)).size).toBe(1);
  });
});
