import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import type { Stack } from '../../src/stack/index.ts';

const RULES = `groups:
  - name: g
    rules:
      - alert: Down
        expr: up{job="api"} == 0
        for: 5m
`;
const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? line : ' '.repeat(by) + line))
    .join('\n');
const read = (files: Record<string, string>): Stack =>
  readStack(Object.entries(files).map(([path, text]) => ({ path, text })));
/** Of each expression, its text and where it stands in the outer file. */
const expressions = (stack: Stack): string[] =>
  stack.expressions.map(({ text, value }) => {
    const { line, column } = value.file.position(value.within(0, text.length).from);
    return `${value.file.path}:${line}:${column} ${text}`;
  });

describe('rule files are known by what is in them', () => {
  it.each<[string, Record<string, string>, string]>([
    ['plain', { 'loki/x.yml': RULES }, 'loki/x.yml:5:15'],
    [
      'a PrometheusRule',
      {
        'a.yaml': `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n${indented(RULES, 2)}`,
      },
      'a.yaml:8:17',
    ],
    [
      'the second document of a file',
      { 'out.yaml': `apiVersion: v1\nkind: Service\n---\n${RULES}` },
      'out.yaml:8:15',
    ],
    [
      'a list of resources',
      {
        'list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: monitoring.coreos.com/v1\n    kind: PrometheusRule\n    spec:\n${indented(RULES, 6)}`,
      },
      'list.yaml:11:21',
    ],
    [
      'a ConfigMap',
      {
        'cm.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n  rules.yml: |\n${indented(RULES, 4)}`,
      },
      'cm.yaml:9:19',
    ],
    [
      'a Secret, where nobody can read a place',
      {
        's.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  rules.yml: ${Buffer.from(RULES).toString('base64')}\n`,
      },
      's.yaml:4:14',
    ],
    [
      'JSON, as jsonnet prints it',
      {
        'x.json': JSON.stringify([
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'PrometheusRule',
            spec: { groups: [{ name: 'g', rules: [{ alert: 'Down', expr: 'up == 0' }] }] },
          },
        ]),
      },
      'x.json:1:130',
    ],
  ])('%s', (_name, files, place) => {
    const stack = read(files);
    expect(stack.rules.map((rule) => rule.name)).toEqual(['Down']);
    expect(expressions(stack)[0]?.split(' ')[0]).toBe(place);
  });

  it("Loki's are told apart by their language, whatever the path", () => {
    const logql = RULES.replace('up{job="api"} == 0', 'sum(rate({job="api"} |= "error" [5m])) > 1');
    const stack = read({ 'rules/app.yml': logql, 'prometheus.yml': 'scrape_configs: []\n' });
    expect(stack.rules).toEqual([]);
    expect(stack.unread.map(({ file, reason }) => `${file.path} ${reason}`)).toEqual([
      'rules/app.yml loki-rules',
    ]);
  });

  it('a template of Helm is told as one, and none of its errors is', () => {
    const stack = read({
      'chart/templates/rules.yaml': `{{- if .Values.rules }}\n${RULES}{{- end }}\n`,
      'rules/notice.yml': RULES.replace('for: 5m', 'annotations: { a: "{{ $value }}" }'),
    });
    expect(stack.unread.map(({ file, reason }) => `${file.path} ${reason}`)).toEqual([
      'chart/templates/rules.yaml helm-template',
    ]);
    expect(stack.relevant.map((file) => file.path)).toEqual(['rules/notice.yml']);
  });
});

describe('dashboards', () => {
  const board = JSON.stringify({ title: 'D', schemaVersion: 41, panels: [] }, null, 2);
  it.each<[string, Record<string, string>]>([
    ['plain', { 'd.json': board }],
    ['in the envelope of the HTTP API', { 'd.json': `{"dashboard":${board},"meta":{}}` }],
    [
      'in a ConfigMap',
      { 'd.yaml': `apiVersion: v1\nkind: ConfigMap\ndata:\n  d.json: |\n${indented(board, 4)}\n` },
    ],
  ])('%s', (_name, files) => {
    expect(read(files).dashboards.map((one) => one.title)).toEqual(['D']);
  });
});

describe('which rule files a configuration loads', () => {
  const config = (pattern: string): string =>
    `global: { evaluation_interval: 30s }\nrule_files: ["${pattern}"]\nscrape_configs: []\n`;
  it.each([
    ['rules/*.yml', ['prometheus/rules/a.yml']],
    ['rules/[a-c].yml', ['prometheus/rules/a.yml']],
    ['rules/[^a-c].yml', []],
    ['/etc/prometheus/rules/*.yml', ['prometheus/rules/a.yml']],
    ['/srv/monitoring/rules/*.yml', ['prometheus/rules/a.yml']],
    ['**/*.yml', ['prometheus/rules/a.yml']],
    ['rules/{a,b}.yml', []],
  ])('%s', (pattern, files) => {
    const stack = read({
      'prometheus/prometheus.yml': config(pattern),
      'prometheus/rules/a.yml': RULES,
    });
    expect(stack.prometheus[0]?.groups.map((group) => group.file.path)).toEqual(files);
    // Of one configuration alone nobody else can be meant.
    expect(stack.groups[0]?.evaluationMs).toBe(30_000);
  });

  it('an absolute path where a compose file mounts it', () => {
    const stack = read({
      'compose.yaml':
        'services: { p: { image: prom/prometheus:v3.5.0, volumes: ["./x:/rules", "./c:/etc/prometheus"] } }\n',
      'c/prometheus.yml': config('/rules/*.yml'),
      'x/a.yml': RULES,
      'y/rules/b.yml': RULES,
    });
    expect(stack.prometheus[0]?.groups.map((group) => group.file.path)).toEqual(['x/a.yml']);
  });

  it('each of several has its own; the one that is mounted comes first', () => {
    const stack = read({
      'a/prometheus.yml': config('rules.yml'),
      'a/rules.yml': RULES,
      'b/prometheus.yml': config('none.yml').replace('30s', '10s'),
      'compose.yaml':
        'services: { p: { image: prom/prometheus:v3.5.0, volumes: ["./b:/etc/prometheus"] } }\n',
    });
    expect(stack.prometheus.map((one) => [one.file.path, one.groups.length])).toEqual([
      ['b/prometheus.yml', 0],
      ['a/prometheus.yml', 1],
    ]);
    expect(stack.groups[0]?.evaluationMs).toBe(30_000);
  });
});

describe("the operator's resources", () => {
  const resource = (kind: string, spec: string): string =>
    `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: { name: api, namespace: shop, labels: { team: a } }\nspec: ${spec}\n`;
  it('become the jobs that the operator makes', () => {
    const stack = read({
      'all.yaml': [
        resource('ServiceMonitor', '{ endpoints: [{ port: web, interval: 15s }, { port: x }] }'),
        resource('PodMonitor', '{ podMetricsEndpoints: [{ path: /m }] }'),
        resource('Probe', '{ jobName: site, targets: { staticConfig: { static: [a.example] } } }'),
        resource('ScrapeConfig', '{ staticConfigs: [{ targets: ["a:1"] }] }'),
      ].join('---\n'),
    });
    expect(
      stack.prometheus[0]?.jobs.map((j) => [j.name, j.intervalMs, j.metricsPath, j.jobLabel]),
    ).toEqual([
      ['serviceMonitor/shop/api/0', 15_000, '/metrics', undefined],
      ['serviceMonitor/shop/api/1', 30_000, '/metrics', undefined],
      ['podMonitor/shop/api/0', 30_000, '/m', undefined],
      ['probe/shop/api', 30_000, '/probe', 'site'],
      ['scrapeConfig/shop/api', 30_000, '/metrics', 'scrapeConfig/shop/api'],
    ]);
  });

  it('a Prometheus takes what its selectors name, and every PrometheusRule', () => {
    const server = (labels: string): string =>
      resource(
        'Prometheus',
        `{ evaluationInterval: 20s, serviceMonitorSelector: { matchLabels: ${labels} } }`,
      );
    const monitor = resource('ServiceMonitor', '{ endpoints: [{ port: web }] }');
    const rules = resource('PrometheusRule', `\n${indented(RULES, 2)}`);
    const of = (labels: string) =>
      read({ 'x.yaml': [server(labels), monitor, rules].join('---\n') });
    expect(of('{ team: a }').prometheus[0]?.jobs).toHaveLength(1);
    expect(of('{ team: b }').prometheus[0]?.jobs).toHaveLength(0);
    expect(of('{ team: a }').groups[0]?.evaluationMs).toBe(20_000);
  });

  it('an AlertmanagerConfig routes the alerts of its namespace alone', () => {
    const { alertmanagers } = read({
      'x.yaml': resource(
        'AlertmanagerConfig',
        '{ route: { receiver: r, groupWait: 5s, routes: [{ matchers: [{ name: a, value: b, matchType: "=~" }] }] }, receivers: [{ name: r, webhookConfigs: [{ url: x }] }] }',
      ),
    });
    expect(alertmanagers[0]).toMatchObject({
      partial: true,
      route: {
        matchers: [{ label: 'namespace', op: '=', value: 'shop' }],
        routes: [{ receiver: 'r', groupWaitMs: 5_000, matchers: [{ label: 'a', op: '=~' }] }],
      },
      receivers: [{ integrations: [{ kind: 'webhook' }] }],
    });
  });

  it('an integration of an AlertmanagerConfig tells of the end as its kind does, unless it says', () => {
    const { alertmanagers } = read({
      'x.yaml': resource(
        'AlertmanagerConfig',
        '{ receivers: [{ name: r, webhookConfigs: [{ url: x }, { url: x, sendResolved: false }], slackConfigs: [{ channel: x }, { channel: x, sendResolved: true }], pagerdutyConfigs: [{}] }] }',
      ),
    });
    expect(
      alertmanagers[0]?.receivers[0]?.integrations.map((one) => [one.kind, one.sendResolved]),
    ).toEqual([
      ['webhook', true],
      ['webhook', false],
      ['slack', false],
      ['slack', true],
      ['pagerduty', true],
    ]);
  });
});

describe('projects of Compose', () => {
  it('override, .env and env_file are read; another file is a project of its own', () => {
    const { composes } = read({
      'compose.yaml':
        'services: { g: { image: "grafana/grafana:${TAG}", env_file: g.env, environment: [A=1, B] } }\n',
      'compose.override.yaml': 'services: { g: { environment: { A: "2" } } }\n',
      'compose.exporters.yaml': 'services: { n: { image: node } }\n',
      '.env': 'TAG=12.0.2 # pinned\n',
      'g.env': "# made on the machine\nSECRET='x y'\n",
    });
    expect(composes.map((one) => one.files.map(({ file }) => file.path))).toEqual([
      ['compose.yaml', 'compose.override.yaml'],
      ['compose.exporters.yaml'],
    ]);
    expect(composes[0]?.services[0]).toMatchObject({
      program: 'grafana/grafana',
      environment: [
        { key: 'SECRET', text: 'x y', from: 'env_file' },
        { key: 'A', text: '2' },
        { key: 'B', text: undefined },
      ],
    });
  });

  it('merge keys give what a service does not say itself', () => {
    const { composes } = read({
      'compose.yaml':
        'x-base: &base { image: a/b:1, user: root }\nservices: { s: { <<: *base, user: me } }\n',
    });
    const [service] = composes[0]?.services ?? [];
    expect([service?.program, service?.get('user').text()]).toEqual(['a/b', 'me']);
  });
});

describe('hostile files cost bounded time and memory', () => {
  it.each([
    [
      'merges of merges',
      `a: &a { ${Array.from({ length: 400 }, (_, i) => `k${i}: 1`).join(', ')} }\n${Array.from({ length: 2_000 }, (_, i) => `b${i}: { <<: [*a, *a] }`).join('\n')}\n`,
    ],
    ['a thousand levels', `${'['.repeat(1_000)}${']'.repeat(1_000)}\n`],
    ['many keys', Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ])('%s', (_name, text) => {
    const stack = read({ 'prometheus.yml': text });
    expect(stack.files).toHaveLength(1);
  });
});
