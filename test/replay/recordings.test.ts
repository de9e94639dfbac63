import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/commands/promtool.ts';
import type { Evidence, GroupHealth } from '../../src/model/evidence.ts';
import type { Series } from '../../src/model/series.ts';
import { differences } from '../../src/replay/differences.ts';
import { replay, ruleGroupsIn } from '../../src/replay/index.ts';
import type { Replayed } from '../../src/replay/index.ts';

const [prometheus, promtool] = await Promise.all([
  findProgram('prometheus'),
  findProgram('promtool'),
]);
const signal = new AbortController().signal;
/** Multiples of a second, as evaluations are. */
const BASE = 1_700_000_000_000;
const TIMES = Array.from({ length: 20 }, (_, i) => BASE + i * 1_000);

/** Records `job:x:times` as so many times x, which rises by 1 a second; A fires above 30. */
const rules = (factor: number, alert = 'job:x:times > 30'): string => `groups:
  - name: g
    rules:
      - { record: "job:x:times", expr: "x * ${factor}", labels: { by: "$1" } }
      - { alert: A, expr: '${alert}', labels: { severity: critical } }
`;
const RECORDED = [{ path: 'prometheus/rules.yml', text: rules(2) }];
const group = (name: string, evaluations = TIMES): GroupHealth => ({
  file: '/etc/prometheus/rules.yml',
  name,
  intervalMs: 1_000,
  evaluationAt: BASE,
  iterationsMissed: 0,
  lastDurationMs: 1,
  evaluations,
});

/** From the second on in which x is over this, the alert is firing. */
const firingFrom = (second: number): Series[] => [
  {
    labels: {
      __name__: 'ALERTS',
      alertname: 'A',
      alertstate: 'firing',
      job: 'a',
      by: '$1',
      severity: 'critical',
    },
    samples: TIMES.slice(second).map((at) => [at, 1]),
  },
];

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gtv-recordings-'));
  if (promtool === undefined) return;
  const lines = TIMES.flatMap((at, i) => [
    `x{job="a"} ${i} ${at / 1_000}`,
    `job:x:times{job="a",by="$1"} ${i * 2} ${at / 1_000}`,
  ]);
  const text = [
    '# TYPE x gauge',
    ...lines.filter((line) => line.startsWith('x')),
    '# TYPE job:x:times gauge',
    ...lines.filter((line) => line.startsWith('job')),
    '# EOF',
    '',
  ];
  await writeFile(join(dir, 'in.om'), text.join('\n'));
  const made = join(dir, 'blocks');
  await execa(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', join(dir, 'in.om'), made]);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** What these rules would have said in the world of the recorded ones. */
async function replayed(text: string, groups = [group('g')]): Promise<Replayed> {
  const evidence: Pick<Evidence, 'groups' | 'series'> = { groups, series: firingFrom(16) };
  return replay(
    { files: RECORDED, prometheusFlags: [] },
    evidence,
    { prometheus: prometheus ?? '', blocks: join(dir, 'blocks'), signal },
    ruleGroupsIn([{ path: 'prometheus/rules.yml', text }]),
  );
}

const differing = ({ series }: Replayed, expected: Series[]): unknown[] =>
  differences(expected, series, BASE, BASE + 60_000);

describe.skipIf(prometheus === undefined || promtool === undefined)(
  'an alert on a recording rule',
  () => {
    it('has the recorded states where nothing was changed', async () => {
      const all = await replayed(rules(2));
      expect(all.unknown).toEqual([]);
      expect(differing(all, firingFrom(16))).toEqual([]);
    });

    it('has those that a changed one leads to', async () => {
      const all = await replayed(rules(3));
      expect(all.unknown).toEqual([]);
      expect(differing(all, firingFrom(11))).toEqual([]);
      expect((await replayed(rules(0))).series).toEqual([]);
    });

    it('through another one, and with matchers of its own', async () => {
      const text = rules(3, 'two{by=~".1"} > 30 unless two{job="b"}').replace(
        '      - { alert',
        '      - { record: two, expr: job:x:times + 0 }\n      - { alert',
      );
      const all = await replayed(text);
      expect(all.unknown).toEqual([]);
      expect(differing(all, firingFrom(11))).toEqual([]);
    });

    const RECORD = '{ record: "job:x:times", expr: "x * 3", labels: { by: "$1" } }';
    const ALERT = "{ alert: A, expr: 'job:x:times > 30', labels: { severity: critical } }";

    it('a second later where its group has the recording rule behind it', async () => {
      const text = `groups: [{ name: g, rules: [${ALERT}, ${RECORD}] }]`;
      expect(differing(await replayed(text), firingFrom(12))).toEqual([]);
    });

    it('by what another group had written last', async () => {
      const text = `groups: [{ name: h, rules: [${RECORD}] }, { name: g, rules: [${ALERT}] }]`;
      const ahead = TIMES.map((at) => at - 400);
      // At 10.6 s x is still the 10 of the scrape before.
      const all = await replayed(text, [group('h', ahead), group('g')]);
      expect(differing(all, firingFrom(12))).toEqual([]);
    });

    it('can not be known where it looks back over what was recorded', async () => {
      const all = await replayed(rules(3, 'max_over_time(job:x:times[5s]) > 30'));
      expect(all.unknown).toEqual([
        {
          alert: 'A',
          why: "it looks back over `job:x:times`, whose recording rule isn't the recorded one",
        },
      ]);
    });
  },
);
