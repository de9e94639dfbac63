import { expect, it } from 'vitest';
import { onlyWhatIsTaken } from '../../src/commands/refused-files.ts';
import { InputError } from '../../src/lib/errors.ts';
import { readStack } from '../../src/stack/index.ts';

/** What is refused of a rule file, and whatever else lies beside it. */
function refused(rules: string, others: Record<string, string> = {}): string[] {
  const files = Object.entries({ 'rules.yml': rules, ...others });
  try {
    onlyWhatIsTaken(readStack(files.map(([path, text]) => ({ path, text }))));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(
      ({ source: { file, line }, message }) => `${file}:${line} ${message}`,
    );
  }
}

const rule = (...lines: string[]): string =>
  ['groups:', '  - name: g', '    rules:', '      - alert: A', ...lines]
    .map((line, i) => (i < 4 ? line : `        ${line}`))
    .join('\n');

it('rule files that Prometheus refuses are told, all at once, each with its place', () => {
  expect(refused(rule('expr: |', '    up == 0', '  and x > 1'))).toEqual([
    expect.stringMatching(/^rules\.yml:\d+ no YAML: .+\nPrometheus refuses the whole file\. /),
  ]);
  expect(refused(rule('expr: x > 1', 'fro: 1m', 'for: 1'))).toEqual([
    expect.stringMatching(/^rules\.yml:6 .*fro/),
    expect.stringMatching(/^rules\.yml:7 .*1/),
  ]);
});

it('nothing is said of a whole one, nor of a broken file that no Prometheus reads', () => {
  expect(refused(rule('expr: x > 1', 'for: 1m'))).toEqual([]);
  const compose = 'services:\n  a: { image: x\n';
  expect(refused(rule('expr: x > 1'), { 'compose.yaml': compose, 'a.json': '{' })).toEqual([]);
});

it('a configuration that its program refuses is told, with the program; another one’s is not', () => {
  const whole = rule('expr: x > 1');
  const alertmanager = 'route: { receiver: a, group_wayt: 1m }\nreceivers: [{ name: a }]\n';
  const prometheus =
    'global: { scrape_intervall: 15s }\nscrape_configs: []\nrule_files: [rules.yml]\n';
  expect(
    refused(whole, { 'alertmanager.yml': alertmanager, 'prometheus.yml': prometheus }),
  ).toEqual([
    expect.stringMatching(/^alertmanager\.yml:1 .*\nAlertmanager refuses the whole file\. /),
    expect.stringMatching(/^prometheus\.yml:1 .*\nPrometheus refuses the whole file\. /),
  ]);
  const mended = { 'alertmanager.yml': alertmanager.replace('wayt', 'wait') };
  expect(
    refused(whole, { ...mended, 'prometheus.yml': prometheus.replace('vall', 'val') }),
  ).toEqual([]);
});

it('a zero where Alertmanager takes it for nothing is told where it stands', () => {
  const telegram = (...keys: string[]): Record<string, string> => ({
    'alertmanager.yml': [
      'route: { receiver: a }',
      'receivers:',
      '  - name: a',
      '    telegram_configs:',
      '      - bot_token: x',
      ...keys.map((key) => `        ${key}`),
      '',
    ].join('\n'),
  });
  const whole = rule('expr: x > 1');
  expect(refused(whole, telegram('chat_id: 0'))).toEqual([
    expect.stringMatching(
      /^alertmanager\.yml:6 `chat_id` or `chat_id_file` is missing: `0` counts as none\nAlert/,
    ),
  ]);
  expect(refused(whole, telegram('chat_id: -100'))).toEqual([]);
  expect(refused(whole, telegram('chat_id: 0', 'chat_id_file: /run/chat'))).toEqual([]);
});

it('in a file that holds a configuration and rules, both are looked at', () => {
  const both = (unit: string): Record<string, string> => ({
    'all.yaml': [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: prometheus }',
      'data:',
      '  prometheus.yml: |',
      '    scrape_configs: []',
      '    rule_files: [rules.yml]',
      '  rules.yml: |',
      ...rule('expr: x > 1', `for: 1${unit}`)
        .split('\n')
        .map((line) => `    ${line}`),
      '',
    ].join('\n'),
  });
  const whole = rule('expr: y > 1');
  expect(refused(whole, both('m'))).toEqual([]);
  expect(refused(whole, both(''))).toEqual([expect.stringMatching(/^all\.yaml:14 .*1/)]);
});

it('the same is refused whatever the ending of the file, and whatever else stands in it', () => {
  const whole = rule('expr: x > 1');
  const bad = rule('expr: y > 1', 'fro: 1m');
  for (const path of ['node.rules', 'node.rule'])
    expect(refused(whole, { [path]: bad })).toEqual([
      expect.stringMatching(new RegExp(`^${path}:6 .*fro`)),
    ]);
  const json =
    '{ "groups": [{ "name": "g", "rules": [{ "alert": "A", "expr": "x", "fro": 1 }] }] }';
  expect(refused(whole, { 'node.json': json })).toEqual([
    expect.stringMatching(/^node\.json:1 .*fro/),
  ]);
  const list = (unit: string): Record<string, string> => ({
    'all.yaml': [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: { name: dashboards }',
      'data:',
      '  board.json: |',
      '    { "title": "B", "panels": [], "schemaVersion": 39 }',
      '---',
      'apiVersion: monitoring.coreos.com/v1',
      'kind: PrometheusRule',
      'metadata: { name: rules }',
      'spec:',
      ...rule('expr: x > 1', `for: 1${unit}`)
        .split('\n')
        .map((line) => `  ${line}`),
      '',
    ].join('\n'),
  });
  expect(refused(whole, list('m'))).toEqual([]);
  expect(refused(whole, list(''))).toEqual([expect.stringMatching(/^all\.yaml:17 .*1/)]);
});

it('a broken file is told by its ending, or where Prometheus is to load it', () => {
  const whole = rule('expr: x > 1');
  expect(refused(whole, { 'alerts/node.rules': 'groups: [' })).toEqual([
    expect.stringMatching(/^alerts\/node\.rules:1 no YAML: /),
  ]);
  const naming = (file: string): string => `scrape_configs: []\nrule_files: [${file}]\n`;
  const broken = { 'eu/node.yml': '{', 'eu/disk.json': '{' };
  for (const [file, kind] of [
    ['node.yml', 'YAML'],
    ['disk.json', 'JSON'],
  ] as const)
    expect(refused(whole, { ...broken, 'eu/prometheus.yml': naming(file) })).toEqual([
      expect.stringMatching(new RegExp(`^eu/${file}:1 no ${kind}: `)),
    ]);
  expect(refused(whole, { ...broken, 'eu/prometheus.yml': naming('x.yml') })).toEqual([]);
});
