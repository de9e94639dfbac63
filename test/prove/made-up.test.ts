import { expect, it } from 'vitest';
import { jobsOf, plannedAlerts } from '../../src/prove/plan/alerts.ts';
import { subjectOf } from '../../src/prove/plan/subject.ts';
import { problemOf, recordedBy, solveRule } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';

const PODS = `rule_files: [rules.yml]
scrape_configs:
  - job_name: pods
    kubernetes_sd_configs: [{ role: pod }]
    relabel_configs:
      - { source_labels: [__meta_kubernetes_pod_annotation_scrape], action: keep, regex: true }
      - { action: labelmap, regex: __meta_kubernetes_pod_label_(.+) }
      - { source_labels: [__meta_kubernetes_namespace], target_label: namespace }
      - { source_labels: [__meta_kubernetes_pod_name], regex: pod/(.+), target_label: pod }
      - { source_labels: [__meta_kubernetes_pod_label_app], target_label: job }
      - { target_label: cluster, replacement: north }
`;

/** The labels of the targets that are made up for an alert's series, or why there is none. */
function madeFor(expr: string): Record<string, string>[] | string {
  const rules = `groups: [{ name: g, rules: [{ alert: A, expr: '${expr}', for: 1m }] }]\n`;
  const stack = readStack([
    { path: 'prometheus.yml', text: PODS },
    { path: 'rules.yml', text: rules },
  ]);
  const problem = problemOf(stack);
  const recipe = solveRule(problem.rules[0]!, problem, recordedBy(problem.rules));
  if (!('pairs' in recipe)) return recipe.reason;
  const { subject } = subjectOf(stack);
  const [alert] = plannedAlerts(subject, { recipes: [recipe], unsolved: [] }, jobsOf(subject));
  const placement = alert!.placement;
  return 'placed' in placement ? placement.placed.map(({ final }) => final) : placement.reason;
}

it.each([
  ['what a label is copied from', 'x{namespace="prod"} > 1', [{ namespace: 'prod' }]],
  ['the text around what is taken of it', 'x{pod=~"worker-.+"} > 1', [{ pod: 'worker-x' }]],
  [
    'all labels that are mapped, and the job that one of them becomes',
    'up{job="api", app="api"} == 0',
    [{ job: 'api', app: 'api' }],
  ],
  [
    'two targets, where an alert looks at two jobs',
    'max by (namespace) (x{job="a"}) > max by (namespace) (y{job="b"})',
    [{ job: 'a' }, { job: 'b' }],
  ],
])('discovery is made to say %s', (_, expr, wanted) => {
  expect(madeFor(expr)).toMatchObject(wanted);
});

it('what keeps an alert quiet and is nowhere lets it fire for ever', () => {
  expect(madeFor('absent(x{cluster="south"})')).toContain('it always fires, for only x with');
});

it('what no discovery can say stays a finding', () => {
  expect(madeFor('x{cluster="south"} > 1')).toContain('have cluster="north"');
});
