import { Ajv } from 'ajv';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { contractJsonSchema } from '../../scripts/schemas/files.ts';
import { checkStack } from '../../src/check/index.ts';
import { contractText } from '../../src/promises/index.ts';
import { readPartialContract } from '../../src/spec/partial.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';

const PROMETHEUS = `global: { scrape_interval: 15s, evaluation_interval: 30s, external_labels: { cluster: a } }
rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }] }
scrape_configs:
  - { job_name: shop, static_configs: [{ targets: ['shop:8080'] }] }
  - { job_name: node, scrape_interval: 30s, static_configs: [{ targets: ['a:9100', 'b:9100'] }] }
`;
const ALERTMANAGER = `route:
  receiver: chat
  group_by: [alertname]
  routes:
    - { matchers: [severity="page"], receiver: pager, group_wait: 5s }
    - { matchers: [alertname="Batch"], receiver: chat, mute_time_intervals: [nights] }
time_intervals: [{ name: nights, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }]
receivers:
  - { name: chat, slack_configs: [{ channel: '#shop', api_url_file: /s }] }
  - { name: pager, pagerduty_configs: [{ routing_key_file: /p }], webhook_configs: [{ url: 'http://log/' }] }
`;
const RULES = `groups:
  - name: shop
    rules:
      - { record: 'job:errors:rate5m', expr: 'sum by (job) (rate(shop_errors_total[5m]))' }
      - alert: Errors
        expr: job:errors:rate5m{job="shop"} > 0.5
        for: 5m
        labels: { severity: ticket, team: web }
      - alert: Errors
        expr: job:errors:rate5m{job="shop"} > 5
        for: 1m
        labels: { severity: page }
      - alert: Slow
        expr: |
          histogram_quantile(0.9,
            sum by (le) (rate(shop_seconds_bucket{job="shop"}[10m]))) > 2
        for: 2m
        labels: { severity: page }
      - { alert: Batch, expr: 'time() - batch_done_seconds > 3600', labels: { severity: ticket } }
      - { alert: Never, expr: 'shop_up{env="a",env="b"} == 0', labels: { severity: ticket } }
      - { alert: Watchdog, expr: 'vector(1)', labels: { severity: none } }
`;
const BOARD = JSON.stringify({
  title: 'Shop',
  schemaVersion: 39,
  panels: [
    {
      title: 'Errors',
      type: 'timeseries',
      fieldConfig: { defaults: { unit: 'ops' } },
      targets: [{ refId: 'A', expr: 'job:errors:rate5m{job=~"$job"}' }],
    },
    { title: 'Text', type: 'text' },
  ],
});
const FILES: Record<string, string> = {
  'prometheus.yml': PROMETHEUS,
  'alertmanager.yml': ALERTMANAGER,
  'rules.yml': RULES,
  'shop.json': BOARD,
};

const filesOf = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

/** What `init` makes of these files, with a contract among them or without. */
function contractOf(files: Record<string, string>): ReturnType<typeof contractText> {
  const stack = readStack(filesOf(files));
  return contractText(stack, solutionOf(stack), files['contract.yaml']);
}

const CONTRACT = contractOf(FILES).text;

/** Findings about promises, with one text of one file replaced. */
function drift(file = 'rules.yml', from = '', to = ''): string[] {
  const files: Record<string, string> = { ...FILES, 'contract.yaml': CONTRACT };
  expect(files[file]).toContain(from);
  files[file] = (files[file] ?? '').replace(from, () => to);
  return checkStack(filesOf(files))
    .findings.filter(({ rule }) => rule.startsWith('promise/') || rule === 'promql/unknown-metric')
    .map(({ rule, title }) => `${rule}: ${title}`);
}

describe('a contract that was derived', () => {
  it('is one by our own schema, for the reader and for editors', () => {
    const stack = readStack(filesOf({ ...FILES, 'contract.yaml': CONTRACT }));
    expect(readPartialContract(stack)?.alerts).toHaveLength(6);
    const valid = new Ajv({ allErrors: true, strict: false, formats: { regex: true } }).compile(
      contractJsonSchema(),
    );
    valid(parse(CONTRACT));
    expect(valid.errors).toBeNull();
  });

  it('says of an alert all that people have to agree upon', () => {
    const { alerts } = parse(CONTRACT) as { alerts: Record<string, Record<string, unknown>[]> };
    expect(alerts['Errors']?.[0]).toMatchObject({
      severity: 'ticket',
      expr: 'job:errors:rate5m{job="shop"} > 0.5',
      for: '5m',
      every: '30s',
      labels: { team: 'web' },
      receivers: ['chat'],
    });
    expect(alerts['Errors']?.[1]).toMatchObject({ severity: 'page', receivers: ['pager'] });
    expect(alerts['Errors']?.[0]?.['fires']).toMatch(
      /^over 0\.5; as where shop_errors_total\{.*\} goes by 0\.50\d a second, not 0\.49\d/,
    );
    expect(alerts['Slow']).toMatchObject({ window: '10m', telling: { group_wait: '5s' } });
    expect(alerts['Watchdog']).toMatchObject({ fires: 'always, whatever there is' });
    expect(alerts['Never']).toMatchObject({
      todo: expect.stringMatching(/^it can never fire: /) as string,
    });
  });

  it('says which jobs are expected to have a metric, where that is known', () => {
    const { metrics, jobs, receivers, dashboards } = parse(CONTRACT) as Record<string, unknown>;
    expect(metrics).toMatchObject({
      batch_done_seconds: {},
      shop_seconds_bucket: { jobs: ['shop'] },
    });
    expect(jobs).toEqual({
      shop: { target: 'shop:8080' },
      node: { scraping: { scrape_interval: '30s' } },
    });
    expect(receivers).toMatchObject({ chat: { kind: 'slack', to: '#shop' } });
    expect(dashboards).toEqual({
      Shop: { Errors: { unit: 'ops', queries: { A: 'job:errors:rate5m{job=~"$job"}' } } },
    });
  });

  it('explains each of its parts, once', () => {
    for (const part of ['jobs', 'receivers', 'metrics', 'alerts', 'dashboards'])
      expect(CONTRACT).toMatch(new RegExp(`^#.+\\n${part}:`, 'm'));
    expect(CONTRACT.match(/`expr` is the expression/g)).toHaveLength(1);
  });

  it('holds for the stack that it was derived from', () => expect(drift()).toEqual([]));

  it.each([
    ['the same in other words', 'rules.yml', '> 2\n', '>   2.0 # two seconds\n'],
    ['a name of a group', 'rules.yml', 'name: shop', 'name: store'],
  ])('says nothing about %s', (_what, file, from, to) => expect(drift(file, from, to)).toEqual([]));

  it.each([
    ['a limit', 'rules.yml', '> 5\n', '> 6\n', 'promise/differs: its limit is > 6, and > 5'],
    ['a comparison', 'rules.yml', '> 2\n', '>= 2\n', 'promise/differs: its limit is >= 2'],
    ['a window', 'rules.yml', '[10m]', '[5m]', 'promise/differs: it looks back over 5m, and 10m'],
    ['a selector', 'rules.yml', '"shop"}[10m]', '"node"}[10m]', 'promise/differs: its expression'],
    ['a `for`', 'rules.yml', 'for: 1m', 'for: 10m', 'promise/differs: `for` is 10m'],
    ['a label', 'rules.yml', 'team: web', 'team: ops', 'promise/differs: the label `team`'],
    ['a promised alert that is gone', 'rules.yml', 'Slow', 'Slower', 'promise/no-rule: '],
    ['a unit', 'shop.json', '"ops"', '"bytes"', 'promise/panel-otherwise: Errors has the unit'],
    ['a query', 'shop.json', 'rate5m{', 'rate1m{', 'promise/panel-otherwise: Errors asks'],
    ['a panel', 'shop.json', 'title":"Errors', 'title":"E', 'promise/panel-otherwise: no panel'],
    ['a dashboard', 'shop.json', '"Shop"', '"S"', 'promise/panel-otherwise: no dashboard'],
    ['an addressee', 'alertmanager.yml', '#shop', '#all', 'promise/another-addressee: '],
    ['how often', 'alertmanager.yml', 'wait: 5s', 'wait: 9s', 'promise/told-otherwise: '],
    ['a scrape interval', 'prometheus.yml', 'val: 15s', 'val: 20s', 'promise/scraped-otherwise: '],
    ['a metric', 'rules.yml', 'batch_done', 'batch_over', 'promql/unknown-metric: '],
  ])('tells that %s is another now', (_what, file, from, to, finding) => {
    const found = drift(file, from, to);
    expect(found.join('\n')).toContain(finding);
  });

  it('tells that others are told now', () => {
    const found = drift('alertmanager.yml', 'severity="page"', 'severity="critical"').join('\n');
    expect(found).toContain('promise/not-routed: Slow is not routed to pager');
  });

  it('tells that a severity is another now', () => {
    const found = drift('rules.yml', 'severity: ticket, team', 'severity: info, team').join('\n');
    expect(found).toContain('promise/differs: the severity is `info`, and `ticket` is promised');
  });

  it('names an alert that came later', () => {
    const added = `${RULES}      - { alert: New, expr: 'shop_errors_total > 1' }\n`;
    expect(drift('rules.yml', RULES, added)).toEqual([
      'promise/not-promised: 1 of 6 alerts are not promised: New',
    ]);
  });
});

describe('a second time', () => {
  it('changes nothing of what is there', () => {
    const again = contractOf({ ...FILES, 'contract.yaml': CONTRACT });
    expect(again).toEqual({ text: CONTRACT, added: [] });
  });

  it('keeps what people wrote, and adds what is new', () => {
    const edited = CONTRACT.replace('for: 2m', 'for: 3m # agreed with the shop').replace(
      '    fires: always, whatever there is\n',
      '',
    );
    const added = `${RULES}      - { alert: Errors, expr: 'job:errors:rate5m > 50', labels: { severity: page } }
      - { alert: New, expr: 'queue_length > 1' }
`;
    const again = contractOf({ ...FILES, 'rules.yml': added, 'contract.yaml': edited });
    expect(again.added).toEqual(['metrics.queue_length', 'alerts.Errors', 'alerts.New']);
    expect(again.text).toContain('for: 3m # agreed with the shop');
    expect(again.text).not.toContain('always, whatever there is');
    const { alerts } = parse(again.text) as { alerts: Record<string, unknown[]> };
    expect(alerts['Errors']).toHaveLength(3);
    expect(contractOf({ ...FILES, 'rules.yml': added, 'contract.yaml': again.text }).added).toEqual(
      [],
    );
  });

  it('begins with what people wrote by hand', () => {
    const byHand = stringify({ version: 1, alerts: { Slow: { severity: 'page' } } });
    const { text, added } = contractOf({ ...FILES, 'contract.yaml': byHand });
    expect(added).toContain('alerts.Errors');
    expect(added).not.toContain('alerts.Slow');
    expect(parse(text)).toMatchObject({ alerts: { Slow: { severity: 'page' } } });
  });

  it("tells of a file that isn't YAML, and makes nothing of it", () =>
    expect(() => contractOf({ ...FILES, 'contract.yaml': 'alerts: [' })).toThrow(
      "contract.yaml can't be read",
    ));
});
