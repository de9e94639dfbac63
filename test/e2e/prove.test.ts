import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { newRunsDir } from '../support/cli.ts';
import { filesWith } from '../support/filed.ts';
import { prove } from '../support/prove.ts';
import type { ProofFinding } from '../support/prove.ts';

const STACKS = join(PROJECT, 'test/stacks');
const WITHIN_MS = 300_000;
/** A proof takes the gentlest speed at which it is over in time; tests need no three minutes. */
const FASTER = ['--speed', '40'];

// A proof of a small stack leaves most of the machine idle: they run side by side.
describe.concurrent('a stack that nobody wrote a contract for', () => {
  it(
    'in the layout of a small compose project, without an Alertmanager, its host a real one',
    async () => {
      const runsDir = newRunsDir();
      const { exitCode, proof } = await prove(withRealHost(), runsDir, ...FASTER);
      // A target that dies (HostDown), and one that nobody discovers any more (BatchGone), among
      // them: that takes longest, and no other alert has to wait for its job.
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof).toMatchObject({ alerts: 5, solved: 5, proved: 5, virtualOnly: 0, failed: 0 });
      expect(proof.notes.join()).toContain('no Alertmanager configuration');
      expect(proof.notes.join()).toContain('behind the job node runs the real node-exporter');
      // It was there all the time, and frozen while it had to be down.
      expect(filesWith('Starting node_exporter', runsDir)).toEqual([
        expect.stringMatching(/logs\/real-node-exporter\.log$/),
      ]);
      expect(filesWith('context deadline exceeded', runsDir)).toContainEqual(
        expect.stringMatching(/evidence\.json$/),
      );
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );

  it(
    'a shop with a black-box exporter, discovery by files, relabelling, and two receivers',
    async () => {
      const runsDir = newRunsDir();
      const { exitCode, proof } = await prove(join(STACKS, 'shop'), runsDir, ...FASTER);
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof).toMatchObject({ alerts: 4, proved: 4, failed: 0 });
      expect(proof.details.find(({ name }) => name === 'SiteDown')?.receivers).toEqual(['pager']);
      expect(exitCode).toBe(0);
      // Of its configuration's secrets nothing stays.
      expect(filesWith('alertmanager.yml', runsDir)).not.toEqual([]);
      expect(filesWith('CANARY', runsDir)).toEqual([]);
    },
    WITHIN_MS,
  );
});

/** The small compose project, with a contract that asks for nothing but its host. */
function withRealHost(): string {
  const copy = mkdtempSync(join(tmpdir(), 'gtv-real-host-'));
  cpSync(join(STACKS, 'compose-project'), copy, { recursive: true });
  writeFileSync(join(copy, 'contract.yaml'), 'version: 1\ntechnologies: { node: host }\n');
  return copy;
}

/** What is mended in each file: nothing else differs. */
const MENDS: Mend[] = [
  ['prometheus.yml', 'app_debug_.*', 'app_trace_.*'],
  ['prometheus.yml', 'sample_limit: 1', 'sample_limit: 100'],
  ['prometheus.yml', 'books.example', 'ledger'],
  ['prometheus.yml', '[rules.yml]', '[rules.yml, forgotten.yml]'],
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

type Mend = [file: string, from: string, to: string];

/** A copy of a stack without its faults. */
function mended(stack: string, mends: Mend[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'gtv-mended-'));
  cpSync(stack, copy, { recursive: true });
  for (const [file, from, to] of mends) {
    const text = readFileSync(join(copy, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    );
  }
  return copy;
}

describe.concurrent('a stack with a fault of every kind', () => {
  const stack = join(STACKS, 'faults');

  it(
    'fails with exactly these findings',
    async () => {
      const { exitCode, proof } = await prove(stack, newRunsDir(), ...FASTER);
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
        TargetDown: ['fired-unforeseen'],
        Forgotten: ['cannot-fire-here'],
      });
      expect(proof.findings).toMatchObject([{ id: 'nothing-fires-always', level: 'advice' }]);
      const causeOf = (name: string): ProofFinding | undefined =>
        proof.details.find((one) => one.name === name)?.findings[0];
      expect(causeOf('DebugErrors')?.source).toMatchObject({ file: 'prometheus.yml', line: 14 });
      expect(causeOf('Forgotten')?.source).toMatchObject({ file: 'prometheus.yml', line: 4 });
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
      const { exitCode, proof } = await prove(mended(stack, MENDS), newRunsDir(), ...FASTER);
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof.findings).toEqual([]);
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );
});

/** What is mended in each file of the stack with saved metrics. */
const RENAMED: Mend[] = [
  ['rules.yml', 'api_queue_size', 'api_queue_length'],
  [
    'rules.yml',
    'by (status) (rate(api_requests_total{status=',
    'by (code) (rate(api_requests_total{code=',
  ],
  ['api.json', 'api_queue_depth', 'api_queue_length'],
  ['api.json', 'status=', 'code='],
];

describe.concurrent('a stack whose targets’ metrics were saved', () => {
  const stack = join(STACKS, 'saved-metrics');
  const saved = (dir: string): string[] => [
    ...['--metrics', `api=${join(dir, 'api.prom')}`],
    ...FASTER,
  ];

  it(
    'fails where an alert or a panel reads what they lack, and where a panel is empty',
    async () => {
      const { exitCode, proof } = await prove(stack, newRunsDir(), ...saved(stack));
      const found = proof.details.map(({ name, findings }) => [name, findings.map(({ id }) => id)]);
      expect(Object.fromEntries(found)).toEqual({
        ApiErrors: [],
        QueueLong: ['metric-missing'],
        ApiBusy: ['series-missing'],
      });
      const failures = proof.findings.filter(({ level }) => level === 'failure');
      expect(failures.map(({ id, source }) => [id, source?.file, source?.line])).toEqual([
        ['metric-missing', 'api.json', 33],
        ['panel-empty', 'api.json', 27],
      ]);
      expect(exitCode).toBe(1);
    },
    WITHIN_MS,
  );

  it(
    'and, mended, passes',
    async () => {
      const copy = mended(stack, RENAMED);
      const { exitCode, proof } = await prove(copy, newRunsDir(), ...saved(copy));
      expect(proof.details.filter(({ result }) => result !== 'proved')).toEqual([]);
      expect(proof.findings.filter(({ level }) => level === 'failure')).toEqual([]);
      expect(exitCode).toBe(0);
    },
    WITHIN_MS,
  );
});
