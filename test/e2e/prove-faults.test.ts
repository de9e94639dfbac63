import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const WITHIN_MS = 300_000;
const dir = mkdtempSync(join(tmpdir(), 'gtv-faults-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Finding {
  id: string;
  level: string;
  source: { file: string; line: number } | null;
  likelyCause: string;
}
interface Proof {
  details: { name: string; result: string; findings: Finding[] }[];
  findings: Finding[];
}

async function prove(stack: string): Promise<{ exitCode: number | undefined; proof: Proof }> {
  const { exitCode, stdout } = await execa(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'prove', stack, '--format', 'json', '--quiet'],
    { cwd: ROOT, env: { GTV_RUNS: join(dir, 'runs') }, reject: false },
  );
  return { exitCode, proof: JSON.parse(stdout) as Proof };
}

/** What is mended in each file: nothing else differs. */
const MENDS: [file: string, from: string, to: string][] = [
  ['prometheus.yml', 'app_debug_.*', 'app_trace_.*'],
  ['prometheus.yml', 'sample_limit: 1', 'sample_limit: 100'],
  [
    'alertmanager.yml',
    '- name: nobody',
    '- name: nobody\n    webhook_configs: [{ url: "http://team.example/info" }]',
  ],
  ['alertmanager.yml', '      mute_time_intervals: [always]\n', ''],
  [
    'alertmanager.yml',
    'target_matchers: [alertname="QueueEndless"]',
    'target_matchers: [alertname="QueueShort"]',
  ],
  ['alertmanager.yml', "channel: '#pager'", "channel: '#pager'\n        send_resolved: true"],
  ['rules.yml', '$labels.team.name', '$labels.instance'],
  [
    'rules.yml',
    '    rules:\n',
    '    rules:\n      - { alert: Watchdog, expr: vector(1), labels: { severity: none } }\n',
  ],
];

function mended(stack: string): string {
  const copy = join(dir, 'mended');
  cpSync(stack, copy, { recursive: true });
  for (const [file, from, to] of MENDS) {
    const text = readFileSync(join(copy, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    );
  }
  return copy;
}

describe('a stack with a fault of every kind', () => {
  const stack = join(ROOT, 'test/stacks/faults');

  it(
    'fails with exactly these findings',
    async () => {
      const { exitCode, proof } = await prove(stack);
      const found = proof.details.map(({ name, findings }) => [name, findings.map(({ id }) => id)]);
      expect(Object.fromEntries(found)).toEqual({
        DebugErrors: ['cannot-fire-here'],
        StoreFull: ['never-fired'],
        Chatty: ['nobody-told'],
        OutOfHours: ['nobody-told'],
        QueueLong: [],
        QueueEndless: ['nobody-told'],
        Slow: ['end-not-told'],
        Garbled: ['text-broken'],
      });
      expect(proof.findings).toMatchObject([{ id: 'nothing-fires-always', level: 'advice' }]);
      const causeOf = (name: string): Finding | undefined =>
        proof.details.find((one) => one.name === name)?.findings[0];
      expect(causeOf('DebugErrors')?.source).toMatchObject({ file: 'prometheus.yml', line: 14 });
      expect(causeOf('StoreFull')?.likelyCause).toContain('sample limit exceeded');
      expect(causeOf('Chatty')?.likelyCause).toContain('nobody has no integration');
      expect(causeOf('OutOfHours')?.likelyCause).toContain('time interval always');
      expect(causeOf('QueueEndless')?.likelyCause).toContain('inhibited by QueueLong');
      expect(exitCode).toBe(1);
    },
    WITHIN_MS,
  );

  it(
    'and, mended, with none',
    async () => {
      const { exitCode, proof } = await prove(mended(stack));
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof.findings).toEqual([]);
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );
});
