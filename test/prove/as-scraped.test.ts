import { describe, expect, it } from 'vitest';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { proofPlanOf } from './support.ts';

/** The plan of one alert, and of a scrape job `api` that has these lines too. */
function planOf(expr: string, job = '', head = '', more = ''): ProofPlan {
  const config = [
    `global: { scrape_interval: 15s${head} }`,
    'rule_files: [r.yml]',
    'scrape_configs:',
    '  - job_name: api',
    job.includes('_sd_') ? '' : "    static_configs: [{ targets: ['api:8080'] }]",
    job.replaceAll(/^/gm, '    '),
    more,
  ].join('\n');
  const rules = { groups: [{ name: 'g', rules: [{ alert: 'A', expr }] }] };
  return proofPlanOf(
    readStack([
      { path: 'prometheus.yml', text: config },
      { path: 'r.yml', text: JSON.stringify(rules) },
    ]),
    10,
  );
}

const relabelling = (...rules: string[]): string =>
  ['metric_relabel_configs:', ...rules.map((rule) => `  - ${rule}`)].join('\n');
const BY_CLASS = relabelling(
  "{ source_labels: [status], regex: '(\\d)\\d\\d', target_label: status, replacement: '${1}xx' }",
);
const HASH_GONE = relabelling('{ regex: pod_template_hash, action: labeldrop }');
const KEPT = relabelling("{ regex: '__name__|job|instance|path', action: labelkeep }");
const NO_PORT = relabelling(
  "{ source_labels: [instance], regex: '([^:]+):.*', target_label: instance }",
);
const EXPORTED = relabelling(
  '{ source_labels: [exported_pod], target_label: pod }',
  '{ regex: exported_pod, action: labeldrop }',
);
const TWO = relabelling('{ source_labels: [zone, rack], target_label: place }');

describe('an alert on a label that relabelling takes', () => {
  it.each([
    ['dropped', 'replicas{pod_template_hash!=""} > 3', HASH_GONE, 'take the label pod_template_h'],
    ['not kept', 'sum by (tenant) (rate(e_total{tenant!=""}[5m])) > 1', KEPT, 'take the label ten'],
    ['made another', 'rate(r_total{status="500"}[5m]) > 1', BY_CLASS, 'make status="5xx" of'],
  ])('can never fire where it is %s', (_, expr, job, why) => {
    const [none] = planOf(expr, job).notProvoked;
    expect(none).toMatchObject({ kind: 'cannot-fire-here' });
    expect(none?.why).toContain(why);
    expect(none?.source).toMatchObject({ file: 'prometheus.yml', line: 7 });
  });

  it.each([
    ['it asks for the value that it becomes', 'r_total{status="5xx"} > 9', BY_CLASS],
    ['its pattern takes that', 'rate(r_total{status=~"5.."}[5m]) > 1', BY_CLASS],
    ['it asks for another label', 'replicas{pod!=""} > 3', HASH_GONE],
    ['relabelling gives it of another label', 'q{pod="a"} > 3', EXPORTED],
  ])('is provoked where %s', (_, expr, job) => {
    const { notProvoked, tracks } = planOf(expr, job);
    expect(notProvoked).toEqual([]);
    expect(tracks).toMatchObject([{ way: 'live' }]);
  });

  it('is not judged where another value, or other series, might do', () => {
    const some = [
      ['q{place="a"} > 3', TWO],
      ['rate(r_total{status=~"500|503"}[5m]) > 1', BY_CLASS],
      ['rate(r_total{status="500"}[5m]) / rate(r_total[5m]) > 0.1', BY_CLASS],
    ].map(([expr = '', job]) => planOf(expr, job).notProvoked.map(({ kind }) => kind));
    expect(some).toEqual([['unjudged'], ['unjudged'], ['unjudged']]);
  });

  it('has the labels that it is relabelled to', () => {
    for (const expr of ['load > 5', 'sum by (instance) (rate(cpu_total[5m])) > 3'])
      expect(planOf(expr, NO_PORT).tracks).toMatchObject([{ labels: { instance: 'api' } }]);
    expect(planOf('load > 5').tracks).toMatchObject([{ labels: { instance: 'api:8080' } }]);
  });
});

describe('what Prometheus itself writes of a scrape', () => {
  it.each([
    ['up{env="prod"} == 0', 'it needs up with env="prod", and the targets of job api have no env'],
    ['count by (dc) (up{dc!=""} == 0) > 0', 'it needs up with a label dc'],
    ['scrape_duration_seconds{module="x"} > 10', 'it needs scrape_duration_seconds with module'],
    ['absent(up{job="api", env="prod"})', 'it always fires'],
  ])('has the labels of its target alone: %s', (expr, why) => {
    const [none] = planOf(expr).notProvoked;
    expect(none).toMatchObject({ kind: 'cannot-fire-here' });
    expect(none?.why).toContain(why);
  });

  it.each(['up{job="api"} == 0', 'count by (dc) (up == 0) > 0', 'up{env!="test"} == 0'])(
    'needs no other where nobody asks for it: %s',
    (expr) => expect(planOf(expr).notProvoked).toEqual([]),
  );

  it('has no label that is on what leaves Prometheus', () => {
    const [none] = planOf(
      'up{cluster="eu"} == 0',
      '',
      ', external_labels: { cluster: eu }',
    ).notProvoked;
    expect(none?.why).toContain('external_labels are on what leaves');
  });

  it('is handed on by a job that honours labels, but not for a job that is scraped here', () => {
    const web = "  - { job_name: web, static_configs: [{ targets: ['web:80'] }] }";
    const planFor = (name: string): ProofPlan =>
      planOf(`up{job="${name}", env="prod"} == 0`, 'honor_labels: true', '', web);
    expect(planFor('web').notProvoked).toMatchObject([{ kind: 'cannot-fire-here' }]);
    expect(planFor('elsewhere').tracks).toMatchObject([{ way: 'live' }]);
  });

  it('has the label of a target that may be discovered', () => {
    const { notProvoked, tracks } = planOf(
      'up{job="api", app="shop"} == 0',
      'kubernetes_sd_configs: [{ role: pod }]\n' +
        "relabel_configs: [{ action: labelmap, regex: '__meta_kubernetes_pod_label_(.+)' }]",
    );
    expect(notProvoked).toEqual([]);
    expect(tracks).toMatchObject([
      { way: 'live', labels: { app: 'shop' }, series: [{ target: 'api-2.discovered:9090' }] },
    ]);
  });
});
