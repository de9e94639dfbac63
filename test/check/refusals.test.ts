import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRead, readStack, refusable, withRefusals } from '../../src/check/index.ts';
import { askPrograms } from '../../src/commands/check/second-opinion.ts';
import { wordsIn } from '../../src/commands/check/words-in.ts';
import { readFolder } from '../../src/stack/folder.ts';

/** What the programs refuse of these files, and all errors that are told then, by their rules. */
async function refused(files: Record<string, string>) {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-refusals-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    const stack = readStack(await readFolder(dir));
    const { answers } = await askPrograms(refusable(stack), dir, new AbortController().signal);
    const { findings } = withRefusals(checkRead(stack), stack, (await answers).refusals);
    const own = findings.filter(({ rule }) => rule === 'check/refused-by-program');
    return {
      words: own.map(({ title }) => title),
      errors: findings.filter(({ level }) => level === 'error').map(({ rule }) => rule),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const rules = (expr: string): string =>
  `groups: [{ name: g, rules: [{ record: a:b, expr: '${expr}' }] }]\n`;
const compose = (line: string): string =>
  `services: { prometheus: { image: prom/prometheus:v3.5.0, ${line}, volumes: ['p:/prometheus'] } }
volumes: { p: {} }
`;

describe('promtool is asked with the flags that Prometheus is started with', () => {
  const behindFlag = rules('mad_over_time(x[5m])');
  const features = '--enable-feature=promql-experimental-functions,promql-duration-expr';

  it.each([`command: [${features}]`, `entrypoint: [/bin/prometheus, ${features}]`])(
    '%s',
    async (line) => {
      expect(await refused({ 'rules.yml': behindFlag, 'compose.yaml': compose(line) })).toEqual({
        words: [],
        errors: [],
      });
    },
  );

  it('one that does not know the flag itself has nothing to say of what is behind it', async () => {
    const told = await refused({
      'rules.yml': rules('rate(x[5m * 2])'),
      'compose.yaml': compose(`command: [${features}]`),
    });
    expect(told.errors).toEqual([]);
  });

  it('without it, it is refused, and told once', async () => {
    const told = await refused({
      'rules.yml': behindFlag,
      'compose.yaml': compose('command: [--web.enable-lifecycle]'),
    });
    expect(told.errors).toEqual(['promql/experimental']);
    const other = await refused({
      'rules.yml': rules('rate(x[5m * 2])'),
      'compose.yaml': compose('command: [--web.enable-lifecycle]'),
    });
    expect(other.words).toEqual([expect.stringMatching(/not enabled/)]);
  });

  it('where nothing says how Prometheus is started, the flag may be set', async () => {
    expect((await refused({ 'rules.yml': behindFlag })).errors).toEqual([]);
  });
});

describe('only what the program reads the file for is a refusal', () => {
  const job = (keys: string): string => `scrape_configs: [{ job_name: a, ${keys} }]\n`;

  it('a discovery that looks for its region on this machine is not asked about', () => {
    const asked = (keys: string): string[] =>
      refusable(readStack([{ path: 'prometheus.yml', text: job(keys) }])).map(({ path }) => path);
    expect(asked('ec2_sd_configs: [{ port: 9100 }]')).toEqual([]);
    expect(asked('ec2_sd_configs: [{ port: 9100, region: eu-west-1 }]')).toEqual([
      'prometheus.yml',
    ]);
  });

  it('a key in the file beside a certificate in another is promtool’s own matter', async () => {
    const tls = job('tls_config: { cert_file: a.pem, key: "${KEY}" }').replace('${KEY}', 'key');
    expect((await refused({ 'prometheus.yml': tls })).words).toEqual([]);
    const without = job('tls_config: { cert_file: a.pem }');
    expect((await refused({ 'prometheus.yml': without })).errors).toHaveLength(1);
  });

  it('what it logs meanwhile is none', () => {
    const output = `2026/11/27 20:32:11 WARN: failed to get session token
time=2026-11-27T20:32:11Z level=INFO msg=x
  FAILED: parsing YAML file p.yml: EC2 SD configuration requires a region
`;
    expect(wordsIn(output, 'p.yml').map(({ words }) => words)).toEqual([
      'EC2 SD configuration requires a region',
    ]);
  });

  it('an older one does not know new syntax', () => {
    const text = rules('increase(x_total[1h] anchored)');
    const stack = readStack([{ path: 'rules.yml', text }]);
    const said = {
      ...{ kind: 'rules' as const, path: 'rules.yml', program: 'promtool 3.5', line: 1 },
      words: 'parse error: unexpected identifier "anchored"',
    };
    const told = (isOlder: boolean) =>
      withRefusals(checkRead(stack), stack, [{ ...said, isOlder }]).findings.length;
    expect(told(true)).toBe(0);
    expect(told(false)).toBe(1);
  });
});

describe('what is wrong with a file otherwise silences no program', () => {
  it.each([
    [
      'config/secret-in-file',
      'prometheus.yml',
      `scrape_configs:
- job_name: a
  static_configs: [{ targets: ['a:1'] }]
  authorization: { type: Basic, credentials: x }
`,
    ],
    [
      'alert/value-in-label',
      'rules.yml',
      `groups:
- name: g
  rules:
  - alert: A
    expr: topk(x) > 1
    labels: { severity: critical, v: '{{ $value }}' }
    annotations: { summary: x, description: y }
`,
    ],
  ])('%s', async (rule, path, text) => {
    const { words, errors } = await refused({ [path]: text });
    expect(words).toHaveLength(1);
    expect(errors).toContain(rule);
  });
});
