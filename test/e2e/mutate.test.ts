import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../src/lib/wait.ts';
import { startCli } from '../support/cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'gtv-mutate-'));

beforeAll(async () => {
  const fetched = await startCli(['fetch', '--quiet']);
  expect(fetched.exitCode, fetched.stderr).toBe(0);
  writeFileSync(
    join(dir, 'rules.yml'),
    `groups:
  - name: g
    rules:
      - alert: QueueLong
        expr: queue_length{queue="a"} > 100
        for: 5m
        labels: { severity: warning }
        annotations: { summary: "{{ $labels.queue }} is long" }
`,
  );
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Mutated {
  mutants: number;
  killed: number;
  survived: number;
  score: number;
  results: { operator: string; fate: string; because: string }[];
}

it('somebody’s own rules get a score from the real engine, and survivors say what would tell', async () => {
  const { exitCode, stdout, stderr } = await startCli([
    ...['mutate', '--stack', dir, '--format', 'json', '--quiet', '--min-score', '100'],
    ...['--stryker', join(dir, 'stryker.json')],
  ]);
  const result = JSON.parse(stdout) as Mutated;
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(result.mutants).toBeGreaterThan(20);
  expect(result.killed + result.survived).toBe(result.mutants);
  const fate = (operator: string): string[] => [
    ...new Set(result.results.filter((r) => r.operator === operator).map((r) => r.fate)),
  ];
  for (const noticed of ['limit-moved', 'limit-slipped', 'comparison-turned', 'for-gone'])
    expect([noticed, fate(noticed)]).toEqual([noticed, ['killed']]);
  for (const noticed of ['for-shorter', 'for-longer', 'label-changed', 'rule-deleted'])
    expect([noticed, fate(noticed)]).toEqual([noticed, ['killed']]);
  // Without a summary the files are wrong, whatever the engine says.
  expect(fate('annotation-dropped')).toEqual(['killed']);
  // Nobody promised what happens exactly at the limit.
  expect(fate('comparison-inclusive')).toEqual(['survived']);
  const stryker = JSON.parse(readFileSync(join(dir, 'stryker.json'), 'utf8')) as {
    files: Record<string, { mutants: unknown[] }>;
  };
  expect(stryker.files['rules.yml']?.mutants).toHaveLength(result.mutants);
}, 120_000);

it('the same seed draws the same mutants', async () => {
  const drawn = async (seed: number): Promise<string> =>
    (
      await startCli([
        ...['mutate', '--stack', dir, '--format', 'json', '--quiet', '--sample', '5'],
        ...['--seed', String(seed)],
      ])
    ).stdout;
  const [first, again, other] = [await drawn(7), await drawn(7), await drawn(8)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
}, 120_000);

const tests = (exp: string): string => `rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series: [{ series: 'queue_length{queue="a"}', values: '200x20' }]
    alert_rule_test:
      - eval_time: 10m
        alertname: QueueLong
        exp_alerts: [${exp}]
`;

it('somebody’s own tests are scored: they notice what they look at', async () => {
  const file = join(dir, 'own.test.yml');
  const labels = 'exp_labels: { queue: a, severity: warning }';
  writeFileSync(file, tests(`{ ${labels}, exp_annotations: { summary: a is long } }`));
  const call = ['mutate', '--stack', dir, '--tests', file, '--format', 'json', '--quiet'];
  const { exitCode, stdout, stderr } = await startCli(call);
  expect([exitCode, stderr]).toEqual([0, '']);
  const { results } = JSON.parse(stdout) as Mutated;
  const fate = (operator: string): string[] => [
    ...new Set(results.filter((r) => r.operator === operator).map((r) => r.fate)),
  ];
  expect([fate('annotation-dropped'), fate('label-changed'), fate('comparison-turned')]).toEqual([
    ['killed'],
    ['killed'],
    ['killed'],
  ]);
  // Nothing lies between 100 and 103, and nobody looks before ten minutes.
  expect([fate('limit-moved'), fate('for-shorter')]).toEqual([['survived'], ['survived']]);
  writeFileSync(file, tests(''));
  const failing = await startCli(call);
  expect([failing.exitCode, failing.stderr]).toEqual([
    2,
    expect.stringMatching(/tests fail with the rules as they are/),
  ]);
}, 120_000);

it('what was interrupted goes on where it ended, with the same result', async () => {
  const runs = mkdtempSync(join(tmpdir(), 'gtv-mutate-runs-'));
  try {
    const call = ['mutate', '--stack', dir, '--format', 'json', '--quiet'];
    const whole = await startCli(call, runs);
    const none = await startCli([...call, '--resume'], runs);
    expect([none.exitCode, none.stderr]).toEqual([
      2,
      expect.stringMatching(/nothing to go on with/),
    ]);
    const stopped = startCli(call, runs);
    await until(() => Promise.resolve(readdirSync(runs)[0]), {
      what: 'it has begun',
      timeoutMs: 60_000,
      everyMs: 5,
      signal: new AbortController().signal,
    });
    stopped.kill('SIGINT');
    expect((await stopped).exitCode).toBe(2);
    const resumed = await startCli([...call, '--resume'], runs);
    expect(JSON.parse(resumed.stdout)).toEqual(JSON.parse(whole.stdout));
  } finally {
    rmSync(runs, { recursive: true, force: true });
  }
}, 120_000);
