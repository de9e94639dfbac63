import { describe, expect, it } from 'vitest';
import { jobsOf, plannedAlerts } from '../../src/prove/plan/alerts.ts';
import type { PlannedAlert } from '../../src/prove/plan/alerts.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';
import { placedOf } from './support.ts';

const DISCOVERED = 'kubernetes_sd_configs: [{ role: pod }]';

const staticOf = (...targets: string[]): string =>
  `static_configs: [{ targets: ${JSON.stringify(targets)} }]`;

/** A solved alert on jobs of so few targets. */
function planned(expr: string, ...targets: string[]): PlannedAlert {
  const [first, ...others] = targets.length > 0 ? targets : [staticOf('q:8080')];
  const jobs = [
    `{ job_name: q, ${first} }`,
    ...others.map((own, i) => `{ job_name: j${i}, ${own} }`),
  ];
  const prometheus = `rule_files: [r.yml]\nscrape_configs: [${jobs.join()}]\n`;
  const rules = `groups: [{ name: g, rules: [{ alert: A, expr: '${expr}', for: 1m }] }]\n`;
  const stack = readStack([
    { path: 'prometheus.yml', text: prometheus },
    { path: 'r.yml', text: rules },
  ]);
  const { subject } = subjectOf(stack);
  const solution = solutionOf(stack);
  expect(solution.unsolved).toEqual([]);
  return plannedAlerts(subject, solution, jobsOf(subject))[0]!;
}

const two = (own: string): object[] => [
  { job: 'q', instance: 'q:8080' },
  { job: 'q', instance: 'q:8080', [own]: expect.any(String) as string },
];

describe('one target has several series', () => {
  it.each([
    ['counted', 'count(queued > 1000) > 1', 'other_instance'],
    ['counted by something else', 'count by (node) (pods{node!=""}) > 1', 'other_instance'],
    ['told apart by a version', 'count(count by (version) (info)) > 1', 'version'],
    ['compared', 'max by (job) (len) / on (job) avg by (job) (len) > 1.5', 'other_instance'],
    ['apart', 'stddev by (job) (len) > 5', 'other_instance'],
    ['added up', 'sum by (job) (len > bool 10) >= 2', 'other_instance'],
    [
      'told by what is dropped',
      'max(x) without (instance, pod) - min(x) without (instance, pod) > 5',
      'pod',
    ],
    [
      'counted as one that its target stands for',
      'count(count by (instance, db) (size)) > 1',
      'db',
    ],
  ])('%s', (_, expr, own) => {
    expect(placedOf(planned(expr))).toMatchObject(two(own));
  });

  it('all of them, where more targets would be needed than are made up', () => {
    const placed = placedOf(planned('count by (node) (pods{node!=""}) > 110', DISCOVERED));
    expect(placed.length).toBeGreaterThan(110);
    const texts = (placed as object[]).map((labels) => JSON.stringify(labels));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('an instance that fires has the label that tells it apart', () => {
    const { result } = planned('topk(1, x) - on (job) group_left () min by (job) (x) > 5');
    expect(result).toMatchObject({ instance: 'q:8080' });
  });
});

describe('targets are needed', () => {
  it.each([
    ['each has one up', 'count(up{job="q"} == 0) > 2', 'it needs 3 targets of job q, and it has 1'],
    [
      'each is scraped at its own pace',
      'count(scrape_duration_seconds > 5) > 1',
      'it needs 2 targets of job q, and it has 1',
    ],
    [
      'they are what is counted',
      'count(count by (instance) (x)) > 2',
      'it needs 3 targets of job q, and it has 1',
    ],
  ])('%s', (_, expr, reason) => {
    expect(placedOf(planned(expr))).toBe(reason);
  });

  it('enough of them', () => {
    const placed = placedOf(planned('count(up{job="q"} == 0) > 2', staticOf('a:1', 'b:1', 'c:1')));
    expect(placed).toHaveLength(3);
  });

  it.each([
    ['of whatever jobs', 'count(up == 0) > 2', [{ job: 'q' }, { job: 'j0' }, { job: 'j0' }]],
    ['of jobs that are asked for', 'count(up{job=~"q|j0"} == 0) > 2', [{}, {}, {}]],
    [
      'more than all have',
      'count(up == 0) > 3',
      'it needs 4 targets, and the jobs have 3 together',
    ],
    [
      'of one job',
      'count by (job) (up == 0) > 2',
      'it needs 3 targets of one job, and the jobs have at most 2',
    ],
  ])('%s', (_, expr, wanted) => {
    const placed = placedOf(planned(expr, staticOf('a:1'), staticOf('b:1', 'c:1')));
    if (typeof wanted === 'string') expect(placed).toBe(wanted);
    else expect(placed).toMatchObject(wanted);
  });

  it('relabelling that leaves nothing else to tell series apart by', () => {
    const keeping = (labels: string): string =>
      `${staticOf('a:1')}, metric_relabel_configs: [{ regex: ${labels}, action: labelkeep }]`;
    const told = (labels: string) => placedOf(planned('count(len > 9) > 1', keeping(labels)));
    expect(told('__name__|job|instance|queue')).toMatchObject([{}, { queue: 'host-1:9100-2-0' }]);
    expect(told('__name__|job|instance')).toContain('it needs len with instance="host-1:9100-2"');
  });
});
