import { describe, expect, it } from 'vitest';
import { checkStack, promisesOf, readStack } from '../../src/check/index.ts';
import type { CheckFile } from '../../src/model/check.ts';
import type { PathKind } from '../../src/stack/index.ts';

/** What is found in files as public stacks have them, by rule. */
function found(files: Record<string, string>): string[] {
  const paths = Object.keys(files);
  const stackPath = (path: string): PathKind => {
    if (paths.includes(path)) return 'file';
    const isFolder = path === '.' || paths.some((one) => one.startsWith(`${path}/`));
    return isFolder ? 'folder' : 'absent';
  };
  const read = Object.entries(files).map(([path, text]): CheckFile => ({ path, text }));
  return checkStack(read, { stackPath }).findings.map(({ rule }) => rule);
}

const DASHBOARD = JSON.stringify({ title: 'Nodes', uid: 'nodes', schemaVersion: 39, panels: [] });
const DATA_SOURCES = `apiVersion: 1
datasources: [{ name: Prometheus, type: prometheus, uid: prometheus, url: "http://prometheus:9090" }]
`;
const resource = (name: string, key: string, text: string): string =>
  `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data:
  ${key}: |
${text.replace(/^/gm, '    ')}
`;

describe('dashboards without a provider', () => {
  it('in files beside data sources are never shown', () =>
    expect(found({ 'ds.yaml': DATA_SOURCES, 'boards/nodes.json': DASHBOARD })).toContain(
      'grafana/no-provider',
    ));
  it('in a ConfigMap, as charts have them, are brought in by a sidecar', () =>
    expect(
      found({
        'rendered.yaml': [
          resource('data-sources', 'ds.yaml', DATA_SOURCES),
          resource('nodes', 'nodes.json', DASHBOARD),
        ].join('---\n'),
      }),
    ).not.toContain('grafana/no-provider'));
});

describe("a pattern for Alertmanager's templates that matches nothing", () => {
  const config = `route: { receiver: a }
receivers: [{ name: a, webhook_configs: [{ url: "http://a/" }] }]
templates: [/etc/alertmanager/config/*.tmpl]
`;
  const compose = `services:
  alertmanager:
    image: prom/alertmanager:v0.28.1
    volumes: ["./am:/etc/alertmanager:ro", "data:/alertmanager"]
volumes: { data: }
`;
  it('is the default of charts where nobody has templates', () =>
    expect(found({ 'am/alertmanager.yml': config, 'compose.yaml': compose })).not.toContain(
      'config/missing-file',
    ));
  it('is a fault where somebody has some', () =>
    expect(
      found({
        'am/alertmanager.yml': config,
        'compose.yaml': compose,
        'am/own/own.tmpl': '{{ define "own" }}x{{ end }}',
      }),
    ).toContain('config/missing-file'));
});

describe('what has scrape_configs', () => {
  const jobs = `scrape_configs:
  - job_name: system
    static_configs: [{ targets: ["localhost:9100"] }]
`;
  it('and sends logs to Loki is a Promtail', () =>
    expect(
      found({
        'promtail.yml': `server: { http_listen_port: 9080 }
positions: { filename: /tmp/positions.yaml }
clients: [{ url: "http://loki:3100/loki/api/v1/push" }]
${jobs}`,
      }),
    ).toEqual([]));
  it('else is a Prometheus, whose keys are known', () =>
    expect(found({ 'prometheus.yml': `server: { http_listen_port: 9080 }\n${jobs}` })).toContain(
      'config/unknown-key',
    ));
});

describe('rules of another ruler than Prometheus', () => {
  const rule = `[{ alert: Late, expr: lag_seconds > 60, labels: { severity: warning }, annotations: { summary: s, description: d } }]`;
  const mimir = `namespace: team
groups: [{ name: g, source_tenants: [a], evaluation_delay: 1m, rules: ${rule} }]
`;
  const vmalert = `groups: [{ name: g, type: prometheus, concurrency: 2, eval_offset: 5m, rules: ${rule} }]
`;
  it.each([mimir, vmalert])('have keys of their own: %#', (text) =>
    expect(found({ 'rules.yml': text })).toEqual([]),
  );
  it.each([mimir, vmalert])('which Prometheus refuses: %#', (text) =>
    expect(
      found({
        'rules.yml': text,
        'prometheus.yml': 'scrape_configs: []\nrule_files: [rules.yml]\n',
      }),
    ).toContain('alert/unknown-key'),
  );
  it('have one form for rules of both kinds, as vmalert’s do', () => {
    const record = '[{ record: a:b, expr: up, for: 1m, annotations: { summary: s } }]';
    const ofVmalert = vmalert.replace(rule, record);
    const key = 'alert/record-with-alert-keys';
    expect(found({ 'rules.yml': ofVmalert })).toEqual([]);
    expect(found({ 'rules.yml': mimir.replace(rule, record) })).toEqual([key, key]);
  });
  it('and no others', () =>
    expect(found({ 'rules.yml': mimir.replace('source_tenants', 'source_tenant') })).toEqual([
      'alert/unknown-key',
    ]));
});

describe("monitors of the operator's", () => {
  const monitor = (endpoint: string): string => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a }
spec: { selector: { matchLabels: { app: a } }, endpoints: [${endpoint}] }
`;
  it.each([
    ['{ port: http, interval: "30" }', ['config/bad-duration']],
    ['{ port: http, relabelings: [{ action: replaces }] }', ['config/bad-value']],
    [
      '{ port: http, metricRelabelings: [{ regex: "(go_.*", action: drop }] }',
      ['config/bad-value'],
    ],
    ['{ port: http, interval: 30s, relabelings: [{ action: LabelMap, regex: "(.+)" }] }', []],
  ])('%s', (endpoint, rules) => expect(found({ 'm.yaml': monitor(endpoint) })).toEqual(rules));
});

describe('targets of files that `file_sd_configs` names', () => {
  const targets = (address: string): Record<string, string> => ({
    'prometheus.yml': `scrape_configs: [{ job_name: a, file_sd_configs: [{ files: ["targets/*.yml"] }] }]
`,
    'targets/a.yml': `- targets: ["${address}"]
`,
  });
  it('are hosts with ports', () => {
    expect(found(targets('https://cam:9100'))).toEqual(['config/target-with-scheme']);
    expect(found(targets('cam:9100'))).toEqual([]);
  });
});

describe('a partial contract', () => {
  const rule = (expr: string): string =>
    `{ alert: ${expr.split(' ')[0] ?? ''}_high, expr: ${expr}, for: 2m, labels: { severity: warning }, annotations: { summary: s, description: d } }`;
  const files = (contract: string): Record<string, string> => ({
    'contract.yaml': `version: 1
${contract}`,
    'prometheus.yml':
      "scrape_configs: [{ job_name: api, static_configs: [{ targets: ['api:80'] }] }]\nrule_files: [rules.yml]\nalerting: { alertmanagers: [{ static_configs: [{ targets: ['am:9093'] }] }] }\n",
    'rules.yml': `groups: [{ name: g, rules: [${rule('lag > 1')}, ${rule('depth > 2')}] }]\n`,
  });
  it('that speaks of one metric leaves the others open', () =>
    expect(found(files('metrics: { lag: { type: gauge, jobs: [api] } }\n'))).toEqual([]));
  it('that names all but one calls it unknown', () =>
    expect(
      found(files('metrics: { lag: { type: gauge, jobs: [api] }, width: { type: gauge } }\n')),
    ).toEqual(['promql/unknown-metric']));
  it('without a `for` has that of the rule', () => {
    const made = promisesOf(
      readStack(
        Object.entries(
          files('alerts: { lag_high: { stimulus: { kind: lag, near: 1, over: 2 } } }\n'),
        ).map(([path, text]) => ({ path, text })),
      ),
    );
    expect(made?.tests.notJudged).toEqual([
      { alert: 'lag_high', reason: 'nobody knows which series the stimulus `lag` makes' },
    ]);
  });
});

describe('a dashboard exported for sharing', () => {
  const source = { type: 'prometheus', uid: '${DS_PROMETHEUS}' };
  const target = { refId: 'A', datasource: source, expr: 'node_load1{job="${VAR_JOB}"}' };
  const board = JSON.stringify({
    __inputs: [{ name: 'DS_PROMETHEUS', type: 'datasource' }, { name: 'VAR_JOB' }],
    title: 'Nodes',
    schemaVersion: 39,
    panels: [{ id: 1, type: 'timeseries', title: 'Load', datasource: source, targets: [target] }],
  });
  const levels = (files: Record<string, string>): string[] =>
    checkStack(Object.entries(files).map(([path, text]) => ({ path, text })))
      .findings.filter(({ rule }) => /^dashboard\/(export|undefined)/.test(rule))
      .map(({ level, title }) => `${level}: ${title}`);
  it('is to be imported by hand where nothing is provisioned', () =>
    expect(levels({ 'boards/nodes.json': board })).toEqual([
      'advice: only who imports it by hand is asked for `${DS_PROMETHEUS}`, `${VAR_JOB}`',
    ]));
  it('is asked for nothing where it is provisioned', () => {
    const never = 'error: `__inputs` are never asked for: `${DS_PROMETHEUS}`, `${VAR_JOB}`';
    expect(levels({ 'boards/nodes.json': board, 'ds.yaml': DATA_SOURCES })).toEqual([never]);
    expect(levels({ 'rendered.yaml': resource('nodes', 'nodes.json', board) })).toEqual([never]);
  });
});

describe('groups of one name', () => {
  const groups = 'groups: [{ name: general, rules: [] }]';
  const rules = (name: string): string =>
    `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: ${name} }
spec: { ${groups} }
`;
  it('in two resources of a rendered chart are in two files for Prometheus', () =>
    expect(found({ 'rendered.yaml': `${rules('a')}---\n${rules('b')}` })).toEqual([]));
  it('in one resource are in one', () =>
    expect(
      found({
        'rendered.yaml': rules('a').replace('rules: [] }', '$&, { name: general, rules: [] }'),
      }),
    ).toEqual(['alert/duplicate-group']));
});

it('a receiver that tells nobody is told once, whatever comes to it', () => {
  const rule = (name: string): string =>
    `{ alert: ${name}, expr: up == 0, labels: { severity: warning }, annotations: { summary: s, description: d } }`;
  const names = ['Down', 'Slow', 'Full', 'Late', 'Lost'];
  const { findings } = checkStack([
    { path: 'rules.yml', text: `groups: [{ name: g, rules: [${names.map(rule).join(', ')}] }]\n` },
    {
      path: 'alertmanager.yml',
      text: 'route: { receiver: Default }\nreceivers: [{ name: Default }]\n',
    },
  ]);
  expect(
    findings.filter((f) => f.rule === 'route/reaches-nobody').map((f) => [f.file, f.line, f.title]),
  ).toEqual([
    [
      'alertmanager.yml',
      2,
      '`Default` tells nobody, and is all that Down, Slow, Full and 2 more reach',
    ],
  ]);
});

describe('a data source without a uid', () => {
  const files = (uid: string): Record<string, string> => ({
    'grafana/ds.yaml': DATA_SOURCES.replace(' uid: prometheus,', ''),
    'grafana/p.yaml': 'apiVersion: 1\nproviders: [{ name: a, options: { path: /d } }]\n',
    'grafana/a.json': JSON.stringify({
      title: 'Nodes',
      schemaVersion: 39,
      panels: [{ id: 1, type: 'text', title: 'A', datasource: { type: 'prometheus', uid } }],
    }),
  });
  const rule = 'grafana/data-source-without-uid';
  it('has the one that Grafana makes of its name', () => {
    expect(found(files('PBFA97CFB590B2093'))).not.toContain(rule);
    expect(found(files('-- Mixed --'))).not.toContain(rule);
    expect(found(files('PBFA97CFB590B2094'))).toContain(rule);
  });
});

describe("VictoriaMetrics'", () => {
  const rules = (expr: string, group = 'concurrency: 2'): string =>
    `groups:
- name: g
  ${group}
  rules:
  - alert: Late
    expr: '${expr}'
    labels: { severity: warning }
    annotations: { summary: "{{ $labels.job | queryEscape }}", description: d }
`;
  const told = (files: Record<string, string>) => {
    const { findings, unread } = checkStack(
      Object.entries(files).map(([path, text]) => ({ path, text })),
    );
    return [findings.map(({ rule }) => rule), unread.map(({ reason }) => reason)];
  };
  it('rules may be MetricsQL, and are said not to be looked at then', () => {
    expect(told({ 'rules.yml': rules('rate(a_total) > 2 keep_metric_names') })).toEqual([
      [],
      ['metricsql'],
    ]);
    expect(told({ 'rules.yml': rules('count() > 2', 'type: vlogs') })).toEqual([[], ['metricsql']]);
  });
  it('rules that are PromQL are judged as such', () =>
    expect(told({ 'rules.yml': rules('rate(a_seconds[5m]) > bool 2') })[0]).not.toEqual([]));
  it("MetricsQL in Prometheus's rules is no PromQL", () =>
    expect(told({ 'rules.yml': rules('topk_max(1, a) > 2', 'interval: 1m') })[0]).toContain(
      'promql/syntax',
    ));
  it('scrape jobs have keys of their own, which Prometheus refuses', () => {
    const jobs =
      'scrape_configs: [{ job_name: a, stream_parse: true, static_configs: [{ targets: ["a:80"] }] }]\n';
    const compose = (image: string): string =>
      `services: { a: { image: "${image}", volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml"], restart: always } }\n`;
    expect(found({ 'prometheus.yml': jobs })).toEqual([]);
    expect(
      found({ 'prometheus.yml': jobs, 'compose.yaml': compose('prom/prometheus:v3.5.0') }),
    ).toContain('config/unknown-key');
    expect(
      found({
        'prometheus.yml': jobs,
        'compose.yaml': compose('victoriametrics/vmagent:v1.115.0'),
      }),
    ).not.toContain('config/unknown-key');
  });
});

describe("templates of Jinja's", () => {
  const unread = (path: string, text: string): string[] =>
    checkStack([{ path, text }]).unread.map(({ reason }) => reason);
  it('are named as such', () => {
    expect(unread('rules.yml', '{% raw %}\ngroups: []\n{% endraw %}\n')).toEqual([
      'jinja-template',
    ]);
    expect(unread('prometheus.yml', '{{ ansible_managed | comment }}\nglobal: {}\n')).toEqual([
      'jinja-template',
    ]);
    expect(unread('prometheus.yml.j2', 'scrape_configs: {{ jobs }}\n')).toEqual(['jinja-template']);
  });
  it("are not what Prometheus's own templates look like", () =>
    expect(
      unread(
        'rules.yml',
        'groups: [{ name: g, rules: [{ alert: A, expr: up == 0, annotations: { summary: "{{ if .Value }}{% {{ end }}" } }] }]\n',
      ),
    ).toEqual([]));
});

describe('a quoted text that goes on at the margin', () => {
  const rule = (quoted: string): string =>
    `groups:
- name: g
  rules:
    - alert: Switching
      expr: ${quoted}
      labels: { severity: warning }
      annotations: { summary: s, description: d }
`;
  it.each([
    [`'(rate(a_total[5m]))\n/\n(rate(a_total[1d])) > 2\n'`],
    [`"(rate(a_total{b=\\"c\\"}[5m]))\n/\n(rate(a_total[1d])) > 2\n"`],
  ])("is one, as Go's reader has it: %#", (quoted) =>
    expect(found({ 'rules.yml': rule(quoted) })).toEqual([]),
  );
  it('that never ends is told', () =>
    expect(found({ 'rules.yml': rule("'a > 2\n\n") })).toContain('file/syntax'));
});

it("rule files that Swarm's configs bring are there", () => {
  const rule =
    '{ alert: Late, expr: lag_seconds > 60, labels: { severity: warning }, annotations: { summary: s, description: d } }';
  const files = (name: string): Record<string, string> => ({
    'stack.yml': `configs: { late: { file: rules/late.rules.yml } }
services:
  prometheus:
    image: prom/prometheus:v3.5.0
    restart: always
    volumes: ["data:/prometheus", "./prometheus.yml:/etc/prometheus/prometheus.yml"]
    configs: [{ source: ${name}, target: /etc/prometheus/late.rules.yml }]
volumes: { data: {} }
`,
    'prometheus.yml': `scrape_configs: [{ job_name: a, dns_sd_configs: [{ names: [tasks.a] }] }]
rule_files: [late.rules.yml]
alerting: { alertmanagers: [{ dns_sd_configs: [{ names: [tasks.alertmanager] }] }] }
`,
    'rules/late.rules.yml': `groups: [{ name: g, rules: [${rule}] }]
`,
  });
  expect(found(files('late'))).toEqual([]);
  expect(found(files('early'))).toContain('config/missing-file');
});

describe('a file that is not there', () => {
  const config = `route: { receiver: chat }
receivers: [{ name: chat, webhook_configs: [{ url: "http://chat/" }] }]
templates: [/etc/alertmanager/chat.tmpl]
`;
  const compose = `services:
  alertmanager:
    image: prom/alertmanager:v0.28.1
    volumes: ["./alertmanager.yml:/etc/alertmanager/alertmanager.yml", "data:/alertmanager"]
volumes: { data: }
`;
  const inRole = (path: string): string => `roles/monitoring/files/${path}`;
  it('and is named, is a fault', () =>
    expect(found({ 'compose.yaml': compose })).toContain('config/missing-file'));
  it.each(['alertmanager.yml.tmpl', 'alertmanager.yml.example', 'templates/alertmanager.yml.j2'])(
    'is made of %s',
    (template) =>
      expect(found({ 'compose.yaml': compose, [template]: config })).not.toContain(
        'config/missing-file',
      ),
  );
  it("may be made by a role's tasks", () =>
    expect(found({ [inRole('compose.yaml')]: compose })).not.toContain('config/missing-file'));
  it('where nothing is mounted may be put into an image of its own', () =>
    expect(
      found({
        'alertmanager/alertmanager.yml': config,
        'alertmanager/messages/chat.tmpl': '{{ define "chat" }}x{{ end }}',
      }),
    ).not.toContain('config/missing-file'));
});

it("promtool's tests of rules name the rule files, and are no configuration", () =>
  expect(
    found({
      'rules.yml': 'groups: [{ name: a, rules: [{ record: a:b, expr: up }] }]',
      'rules.test.yml': `rule_files: [rules.yml]
evaluation_interval: 1m
tests: [{ interval: 1m, input_series: [{ series: up, values: 1x5 }] }]
`,
    }),
  ).toEqual([]));

it('a secret that is filled in by a template is none', () => {
  const config = (key: string): string => `global: { opsgenie_api_key: "${key}" }
route: { receiver: on-call }
receivers: [{ name: on-call, opsgenie_configs: [{ priority: P1 }] }]
`;
  expect(found({ 'alertmanager.yml': config('{{ OPSGENIE_KEY }}') })).not.toContain(
    'config/secret-in-file',
  );
  expect(found({ 'alertmanager.yml': config('0f3a9c77') })).toContain('config/secret-in-file');
});

describe('a panel whose data source nobody here knows', () => {
  const panel = (datasource: string, expr: string): string =>
    JSON.stringify({
      title: 'Requests',
      uid: 'requests',
      schemaVersion: 39,
      panels: [{ type: 'stat', title: 'Requests', targets: [{ refId: 'A', datasource, expr }] }],
    });
  const expressions = (datasource: string, expr: string): number =>
    readStack([{ path: 'requests.json', text: panel(datasource, expr) }]).expressions.length;
  it('asks a Prometheus where it names metrics', () =>
    expect(expressions('Metrics', 'rate(queue_length[5m])')).toBe(1));
  it.each([
    ['Metrics', 'count_over_time({job="api"}[5m])'],
    ['Loki', 'rate(queue_length[5m])'],
    ['Metrics', '{job="api"} |= "error"'],
  ])('may ask a Loki: %s, %s', (datasource, expr) => expect(expressions(datasource, expr)).toBe(0));
});

it('alerts of one name whose patterns name different things are two', () => {
  const rules = (other: string): string => `groups:
  - name: a
    rules:
      - alert: Restarts
        expr: changes(process_start_time_seconds{job=~".*(storage|select).*"}[15m]) > 2
        labels: { severity: warning }
      - alert: Restarts
        expr: changes(process_start_time_seconds{job=~"${other}"}[15m]) > 4
        labels: { severity: warning }
`;
  expect(found({ 'rules.yml': rules('.*anomaly.*') })).not.toContain('alert/duplicate');
  expect(found({ 'rules.yml': rules('.*(select|insert).*') })).toContain('alert/duplicate');
});

it('MetricsQL takes a range where PromQL wants a moment', () => {
  const rules = (type: string): string => `groups:
  - name: a
    ${type}
    rules: [{ record: a:b, expr: "sum(up[5m]) by (job)" }]
`;
  expect(found({ 'rules.yml': rules('concurrency: 2') })).not.toContain('promql/type');
  expect(found({ 'rules.yml': rules('limit: 2') })).toContain('promql/type');
});

it('a name between single quotes is no text for Go', () => {
  const rules = (form: string): string => `groups:
  - name: a
    rules:
      - alert: Low
        expr: up < 1
        labels: { severity: warning }
        annotations: { summary: "{{ $value | printf ${form} }}" }
`;
  expect(found({ 'rules.yml': rules("'%.2f'") })).toContain('template/syntax');
  expect(found({ 'rules.yml': rules('`%.2f`') })).not.toContain('template/syntax');
});

describe('an alert that stands twice', () => {
  const rules = `groups: [{ name: g, rules: [{ alert: Down, expr: up == 0, for: 5m, labels: { severity: page }, annotations: { summary: s, description: d } }] }]\n`;
  const prometheus = `rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['am:9093'] }] }] }
scrape_configs: [{ job_name: api, static_configs: [{ targets: ['api:80'] }] }]
`;
  it('in one Prometheus is one alert to Alertmanager', () =>
    expect(
      found({
        'prometheus.yml': prometheus.replace('rules.yml', "'*.rules.yml'"),
        'a.rules.yml': rules,
        'b.rules.yml': rules,
      }),
    ).toEqual(['alert/duplicate']));
  it('in two has nothing to do with each other', () =>
    expect(
      found({
        'dev/prometheus.yml': prometheus,
        'dev/rules.yml': rules,
        'prod/prometheus.yml': prometheus,
        'prod/rules.yml': rules,
      }),
    ).toEqual([]));
});
