import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';

const PROMETHEUS = `global: { scrape_interval: 15s, evaluation_interval: 15s }
rule_files: [rules.yml]
scrape_configs:
  - { job_name: api, static_configs: [{ targets: ['api:80'] }] }
  - { job_name: web, static_configs: [{ targets: ['web:80'] }] }
`;
const of = (label: string): string => `# TYPE requests_total counter
requests_total{${label}="200"} 10
requests_total{${label}="500"} 1
`;
const API = of('code');
const WEB = of('status');

/** What is said of the metrics that an alert reads. */
function told(
  expr: string,
  metrics: Record<string, string>,
  prometheus: string = PROMETHEUS,
): string[] {
  const rule = { alert: 'A', expr, for: '5m' };
  const files = [
    { path: 'prometheus.yml', text: prometheus },
    { path: 'rules.yml', text: JSON.stringify({ groups: [{ name: 'g', rules: [rule] }] }) },
  ];
  return checkStack(files, { metrics: new Map(Object.entries(metrics)) })
    .findings.map(({ rule }) => rule)
    .filter((id) => /^promql\/(unknown|unseen)/.test(id));
}

const rate = (matchers: string): string =>
  `sum by (job) (rate(requests_total{${matchers}}[5m])) > 1`;

describe('a metric that several jobs export has with each what its own text says', () => {
  it.each(['job="web",status=~"5.."', 'job="api",code=~"5.."', 'status="500"', 'code="500"'])(
    '%s',
    (matchers) => expect(told(rate(matchers), { api: API, web: WEB })).toEqual([]),
  );
  it.each(['job="api",status=~"5.."', 'job="web",code=~"5.."', 'kind="500"'])('%s', (matchers) =>
    expect(told(rate(matchers), { api: API, web: WEB })).toEqual(['promql/unknown-label']),
  );
  it('and a job that is asked for may be the one that lacks it', () =>
    expect(told(rate('job="web"'), { api: API, web: 'up_to 1\n' })).toEqual([
      'promql/unknown-metric',
    ]));
});

describe('of a job without a text nothing is known', () => {
  it.each(['job="web",status=~"5.."', 'job=~"w.*",kind="a"', 'job!="api",kind="a"'])(
    '%s',
    (matchers) => expect(told(rate(matchers), { api: API })).toEqual([]),
  );
  it('where it may be asked too, a label that no text has is worth a look', () =>
    expect(told(rate('kind="a"'), { api: API })).toEqual(['promql/unseen-value']));
  it('a job that nobody scrapes is unknown nevertheless', () =>
    expect(told(rate('job="wbe"'), { api: API })).toEqual(['promql/unknown-value']));
});

it('a job that honours labels may hand on those of any other', () => {
  const gateway = `${PROMETHEUS}  - { job_name: push, honor_labels: true, static_configs: [{ targets: ['push:80'] }] }\n`;
  const texts = { api: API, web: 'up_to 1\n' };
  expect(told(rate('job="web"'), texts, gateway)).toEqual([]);
  expect(told(rate('job="web"'), { ...texts, push: 'up_to 1\n' }, gateway)).toEqual([
    'promql/unknown-metric',
  ]);
});

it.each([
  '# TYPE requests_total counter\n',
  '# TYPE requests counter\n',
  '# HELP requests_total All.\n# TYPE requests_total counter\nother 1\n',
])('a library that names a metric before it has series of it: %j', (text) =>
  expect(told(rate('code="500"'), { api: text, web: WEB })).toEqual([]),
);

it('a label that its target has too is stored with `exported_` before it', () => {
  const texts = { api: API, web: 'requests_total{job="mine"} 1\n' };
  expect(told(rate('job="web",exported_job="mine"'), texts)).toEqual([]);
  expect(told(rate('job="api",exported_job="mine"'), texts)).toEqual(['promql/unknown-label']);
});

describe('the bounds of buckets are what they are', () => {
  const buckets = `# TYPE s histogram
s_bucket{le="0.5"} 1
s_bucket{le="5"} 2
s_bucket{le="1048576"} 2
s_bucket{le="+Inf"} 2
s_sum 1
s_count 2
`;
  const reads = (le: string): string =>
    `sum by (job) (rate(s_bucket{job="api",le="${le}"}[5m])) < 1`;
  it.each(['0.5', '5', '5.0', '+Inf', '1.048576e+06'])('%s', (le) =>
    expect(told(reads(le), { api: buckets })).toEqual([]),
  );
  it.each(['0.25', '0,5'])('%s', (le) =>
    expect(told(reads(le), { api: buckets })).toEqual(['promql/unknown-value']),
  );
});

it('a name that relabelling may have made is not known to be missing', () => {
  const renamed = PROMETHEUS.replace(
    "['api:80'] }]",
    "['api:80'] }], metric_relabel_configs: [{ target_label: __name__, replacement: requests }]",
  );
  expect(told('rate(requests{job="api"}[5m]) > 1', { api: API }, renamed)).toEqual([]);
  expect(told('rate(requests{job="api"}[5m]) > 1', { api: API })).toEqual([
    'promql/unknown-metric',
  ]);
});

it('what programs tell of themselves is missing where a text lacks it', () =>
  expect(told('process_resident_memory_byts{job="api"} > 1', { api: API })).toEqual([
    'promql/unknown-metric',
  ]));

it('without a configuration a text speaks of its own job', () => {
  const rules = (expr: string) => {
    const rule = { alert: 'A', expr, for: '5m' };
    const text = JSON.stringify({ groups: [{ name: 'g', rules: [rule] }] });
    const metrics = new Map([['api', API]]);
    return checkStack([{ path: 'rules.yml', text }], { metrics })
      .findings.map((one) => one.rule)
      .filter((id) => id.startsWith('promql/unknown'));
  };
  expect(rules('jobs_done > 1')).toEqual([]);
  expect(rules('jobs_done{job="api"} > 1')).toEqual(['promql/unknown-metric']);
});

it('what is pushed with labels of its own may lack an instance', () => {
  const told = (honor: boolean) =>
    checkStack([
      {
        path: 'prometheus.yml',
        text: `rule_files: [rules.yml]\nscrape_configs: [{ job_name: push, honor_labels: ${honor}, static_configs: [{ targets: ['push:9091'] }] }]\n`,
      },
      {
        path: 'rules.yml',
        text: 'groups: [{ name: g, rules: [{ alert: A, expr: "batch_done != max by (job) (batch_wanted)" }] }]\n',
      },
    ]).findings.filter(({ rule }) => rule === 'promql/sides-never-match').length;
  expect([told(true), told(false)]).toEqual([0, 1]);
});
