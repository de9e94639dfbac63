import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import { SourceFile } from '../../src/stack/source/source-file.ts';
import { readFolder } from '../../src/stack/folder.ts';
import { BASE } from './support.ts';

const rulesOf = (text: string, path = 'prometheus/rules/x.yml'): string[] =>
  checkStack([{ path, text }]).findings.map((f) => f.rule);
const expr = (text: string): string =>
  `groups:\n  - name: x\n    rules:\n      - record: a:b\n        expr: ${JSON.stringify(text)}\n`;

describe('hostile files give findings', () => {
  it.each([
    ['a YAML nested too deeply', '['.repeat(100_000)],
    ['a YAML closed as deeply', '['.repeat(20_000) + ']'.repeat(20_000)],
    [
      'aliases made to exhaust memory',
      `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [${i === 0 ? '*a, *a' : `*b${i - 1}, *b${i - 1}`}]`).join('\n')}\ngroups: *b39\n`,
    ],
    ['an alias to itself', 'groups: &g\n  - rules: *g\n    name: x\n'],
    ['an alias to nothing', 'groups: *nobody\n'],
    ['PromQL nested too deeply', expr(`${'('.repeat(4_000)}1${')'.repeat(4_000)}`)],
    ['an endless PromQL', expr('1+'.repeat(200_000))],
    [
      'a template nested too deeply',
      `groups:\n  - name: x\n    rules:\n      - alert: A\n        expr: up == 0\n        annotations: { summary: ${JSON.stringify(`{{ ${'('.repeat(50_000)} }}`)} }\n`,
    ],
    ['nothing but a null byte', '\u0000'],
  ])('%s', (_name, text) => {
    expect(Array.isArray(rulesOf(text))).toBe(true);
    expect(rulesOf(text)).not.toContain('check/rule-failed');
  });

  it('a JSON nested too deeply', () => {
    expect(rulesOf('{"panels":'.repeat(50_000), 'grafana/dashboards/x.json')).toEqual([
      'file/syntax',
    ]);
  });
});

describe('what Go’s YAML takes besides', () => {
  const errorsIn = (text: string) =>
    checkStack([{ path: 'prometheus.yml', text }])
      .findings.filter(({ rule }) => rule === 'file/syntax')
      .map(({ line }) => line);
  const HEAD = 'scrape_configs:\n- job_name: a\n  static_configs:\n';

  it.each([
    ['a bracket that closes as far left as its key', '  - targets: [\n      "a:1",\n  ]\n'],
    ['one behind the last element', '  - targets: [\n    "a:1" ]\n'],
    ['a comment and other brackets within', '  - targets: [ # [\n    "a:1", # it’s ]\n  "]" ]\n'],
    ['a map', '  - {targets: ["a:1"],\n  labels: {\n  a: b}\n}\n'],
  ])('%s', (_, text) => {
    expect(errorsIn(HEAD + text)).toEqual([]);
    // What follows it is read, at its place.
    expect(errorsIn(`${HEAD}${text}\nglobal: {}\nglobal: {}\n`)).toEqual([
      `${HEAD}${text}`.split('\n').length + 2,
    ]);
  });

  it('but a bracket that nobody closes is an error', () => {
    expect(errorsIn(`${HEAD}  - targets: [\n    "a:1"\nglobal: {}\n`)).toHaveLength(1);
    expect(errorsIn(`${HEAD}  - targets: ["a:1"\n    labels: {}\n`)).toHaveLength(1);
  });
});

describe('rules for others than Prometheus', () => {
  const rulesIn = (text: string) =>
    checkStack([{ path: 'rules.yml', text }]).findings.map(({ rule }) => rule);

  it('mimirtool reads several namespaces of one file', () => {
    const second = (head: string) =>
      `namespace: a\ngroups: [{ name: g, rules: [] }]\n---\n${head}groups: [{ name: h, rules: [] }]\n`;
    expect(rulesIn(second('namespace: b\n'))).toEqual([]);
    expect(rulesIn(second(''))).toEqual(['config/later-document']);
  });

  it('vmalert declares more variables', () => {
    const alert = (keys: string) => `groups:
- name: g${keys}
  rules:
  - alert: A
    expr: up == 0
    labels: { severity: critical }
    annotations: { summary: '{{ $expr }} since {{ $activeAt }} in {{ $groupID }}', description: x }
`;
    expect(rulesIn(alert('\n  concurrency: 2'))).toEqual([]);
    expect(rulesIn(alert(''))).toEqual(['template/syntax']);
  });
});

describe('the folder', () => {
  it('bytes that are no text, a dangling link, a file that is a folder: each is told or left out', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'check-'));
    try {
      mkdirSync(join(dir, 'prometheus', 'secrets'), { recursive: true });
      mkdirSync(join(dir, 'rules.yml'));
      writeFileSync(
        join(dir, 'prometheus', 'prometheus.yml'),
        Uint8Array.from([0x67, 0xff, 0xfe, 0x00]),
      );
      writeFileSync(join(dir, 'prometheus', 'secrets', 'password.yml'), 'password: x');
      symlinkSync(join(dir, 'nowhere'), join(dir, 'alertmanager.yml'));
      const files = await readFolder(dir);
      expect(files.map((f) => [f.path, f.unreadable !== undefined])).toEqual([
        ['alertmanager.yml', true],
        ['prometheus/prometheus.yml', true],
      ]);
      expect(
        checkStack(files).findings.map((f) => `${f.rule} ${f.file}:${f.line}:${f.column}`),
      ).toEqual(['file/syntax alertmanager.yml:1:1', 'file/syntax prometheus/prometheus.yml:1:2']);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('places', () => {
  /** The text that a finding points at. */
  const pointedAt = (yaml: string): string[] =>
    checkStack([
      ...BASE.filter((f) => f.path === 'contract.yaml' || f.path === 'prometheus/prometheus.yml'),
      { path: 'prometheus/rules/x.yml', text: yaml },
    ])
      .findings.filter((f) => f.rule === 'promql/unknown-metric')
      .map((f) => {
        const line = yaml.split('\n')[f.line - 1] ?? '';
        expect(f.line).toBe(f.endLine);
        return line.slice(f.column - 1, f.endColumn - 1);
      });
  const rule = (value: string): string =>
    `groups:\n  - name: x\n    rules:\n      - record: a:b\n        expr: ${value}\n`;

  it.each([
    ['plain', rule('sum(nobody_has_it) + 1')],
    ['plain over two lines', rule('sum(up)\n          + sum(nobody_has_it)')],
    ['single quotes', rule("'sum(up{a=''b''}) + nobody_has_it'")],
    ['double quotes with escapes', rule('"sum(up{a=\\"b\\"})\\n + nobody_has_it"')],
    ['a literal block', rule('|-\n          sum(up)\n            + nobody_has_it')],
    ['a folded block', rule('>\n          sum(up)\n\n          + nobody_has_it')],
    ['a literal block with a comment on its head', rule('| # why\n          nobody_has_it')],
  ])('%s', (_name, yaml) => {
    expect(pointedAt(yaml)).toEqual(['nobody_has_it']);
  });

  it('JSON with escapes', () => {
    const file = new SourceFile({ path: 'x.json', text: '{ "a": "x\\"\\u0041\\nb" }' });
    const place = file.root.get('a').within(4, 5);
    expect(file.text.slice(place.from, place.to)).toBe('b');
  });
});

it('every configuration of a kind is looked at, and so is what each of them names', () => {
  const config = (job: string): string =>
    `rule_files: [rules.yml]\nscrape_configs: [{ job_name: ${job}, scrape_intervall: 5s }]\n`;
  const { findings } = checkStack([
    { path: 'a/prometheus.yml', text: config('one') },
    { path: 'a/rules.yml', text: expr('sum(') },
    { path: 'b/prometheus.yml', text: config('two') },
    { path: 'b/rules.yml', text: expr('avg(') },
  ]);
  const places = (rule: string): string[] =>
    findings.filter((one) => one.rule === rule).map(({ file }) => file);
  expect(places('config/unknown-key')).toEqual(['a/prometheus.yml', 'b/prometheus.yml']);
  expect(places('promql/syntax')).toEqual(['a/rules.yml', 'b/rules.yml']);
});
