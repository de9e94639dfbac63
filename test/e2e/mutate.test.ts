import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
  // Nobody promised what people read.
  expect(fate('annotation-dropped')).toEqual(['survived']);
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
