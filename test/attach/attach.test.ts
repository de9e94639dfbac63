import { describe, expect, it } from 'vitest';
import { LIVE_FINDINGS } from '../../src/attach/finding.ts';
import type { CheckFile } from '../../src/model/check.ts';
import { FILES, HEALTHY, NOW_MS, RULE, judged } from './system.ts';
import { Refusal } from './server.ts';
import type { System } from './system.ts';

const NOW = NOW_MS / 1000;
const minutes = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => NOW - from * 60 + i * 60);
const [, CONTRACT] = FILES as [CheckFile, CheckFile];
const board = (expr: string): System['dashboards'] => ({
  board: { dashboard: { title: 'Board', panels: [{ title: 'P', targets: [{ expr }] }] } },
});

/** What is changed in the healthy system, and the findings that this must give: no others. */
const CASES: [name: string, change: Partial<System>, findings: string[]][] = [
  [
    'a target that refuses, whose metrics are missing for that reason',
    {
      targets: [{ labels: { job: 'api' }, health: 'down', lastError: 'connection refused' }],
      instant: { ...HEALTHY.instant, 'count by (job) (requests_total)': [] },
    },
    ['live/target-down'],
  ],
  [
    'a rule that the engine can’t evaluate',
    { rules: [{ ...RULE, health: 'err', lastError: 'many-to-many matching' }] },
    ['live/rule-unhealthy'],
  ],
  ['a rule that isn’t loaded', { rules: [] }, ['live/rule-not-loaded']],
  ['another `for`', { rules: [{ ...RULE, duration: 300 }] }, ['live/rule-differs']],
  [
    'another `keep_firing_for`',
    { rules: [{ ...RULE, keepFiringFor: 300 }] },
    ['live/rule-differs'],
  ],
  [
    'another expression',
    { rules: [{ ...RULE, query: 'up{job="api"} == 1' }] },
    ['live/rule-differs'],
  ],
  [
    'a rule that no file has',
    { rules: [RULE, { ...RULE, type: 'recording', name: 'a:b', query: 'sum(up)' }] },
    ['live/rule-unknown'],
  ],
  ['no Alertmanager', { alertmanagers: [] }, ['live/no-alertmanager']],
  [
    'a receiver that sends nothing',
    { alertmanager: 'route: {receiver: nobody}\nreceivers: [{name: nobody}]' },
    ['live/alert-to-nobody'],
  ],
  ['no series of a name', { names: ['requests_total'] }, ['live/metric-unknown']],
  [
    'no series with the labels',
    { instant: { ...HEALTHY.instant, 'count(up{job="api"})': [] } },
    ['live/selector-empty'],
  ],
  ['a panel without data', { dashboards: board('sum(gone)') }, ['live/panel-no-data']],
  [
    'a panel that fails',
    {
      dashboards: board('sum(bad)'),
      instant: {
        ...HEALTHY.instant,
        'sum(bad)': new Refusal(422, {
          status: 'error',
          errorType: 'execution',
          error: 'found duplicate series',
        }),
      },
    },
    ['live/panel-fails'],
  ],
  [
    'a promised metric that is missing',
    { instant: { ...HEALTHY.instant, 'count by (job) (requests_total)': [] } },
    ['live/metric-missing'],
  ],
  [
    'a metric at another job too',
    {
      instant: {
        ...HEALTHY.instant,
        'count by (job) (requests_total)': ['api', 'web'].map((job) => ({
          metric: { job },
          value: [0, '1'],
        })),
      },
    },
    ['live/metric-foreign'],
  ],
  [
    'too many series',
    {
      instant: {
        ...HEALTHY.instant,
        'count by (job) (requests_total)': [{ metric: { job: 'api' }, value: [0, '6'] }],
      },
    },
    ['live/too-many-series'],
  ],
  [
    'an alert that would have fired once',
    { past: { [RULE.query]: minutes(600, 10) } },
    ['live/alert-fired'],
  ],
  [
    'an alert that came and went',
    { past: { [RULE.query]: [600, 500, 400, 300, 200].flatMap((from) => minutes(from, 3)) } },
    ['live/alert-fired', 'live/alert-flapped'],
  ],
];

describe('each kind of finding', () => {
  it('none in a system that is all right', async () => {
    const result = await judged();
    expect([result.findings, result.notJudged]).toEqual([[], []]);
    expect(result.looked).toMatchObject({ targets: 1, alerts: 1, panels: 1, metrics: 1 });
  });

  it.each(CASES)('%s', async (_, change, findings) => {
    expect((await judged(change)).findings.map((finding) => finding.id)).toEqual(findings);
  });

  it('what goes on firing by `keep_firing_for` doesn’t come and go', async () => {
    const past = { [RULE.query]: [600, 500, 400, 300, 200].flatMap((from) => minutes(from, 3)) };
    const { findings } = await judged({ rules: [{ ...RULE, keepFiringFor: 7_200 }], past });
    expect(findings.map(({ id }) => id)).not.toContain('live/alert-flapped');
    expect(findings.map(({ title }) => title)).toContainEqual(
      expect.stringContaining('would have fired once'),
    );
  });

  it('every kind has a case', () => {
    const shown = new Set(CASES.flatMap(([, , findings]) => findings));
    expect([...shown].sort()).toEqual(
      Object.values(LIVE_FINDINGS)
        .map(({ id }) => id)
        .sort(),
    );
  });
});

it('nothing but reading ever arrives: GET, and POST for long queries alone', async () => {
  const long = `sum(up{job!~"${'x'.repeat(3_000)}"})`;
  const { requests } = await judged({ dashboards: board(long) });
  expect(requests.some((request) => request === 'POST /api/v1/query')).toBe(true);
  for (const request of requests) expect(request).toMatch(/^GET |^POST \/api\/v1\/query(_range)?$/);
});

it('what has `for` to wait is not yet fired, and what is silent says nothing', async () => {
  const change = { past: { [RULE.query]: minutes(600, 1) } };
  expect((await judged(change)).findings).toEqual([]);
});

it('without files the system is held against itself', async () => {
  const { findings, looked } = await judged({ rules: [{ ...RULE, duration: 300 }] }, null);
  expect([findings, looked.metrics]).toEqual([[], 0]);
});

it('what doesn’t answer as a Prometheus can’t be judged', async () => {
  await expect(judged({ rules: null as never })).rejects.toThrow('does not answer as a Prometheus');
});

it('a rule written in another layout is the same rule', async () => {
  const files = [
    {
      path: 'rules.yml',
      text: 'groups: [{name: g, rules: [{alert: Down, expr: "(up{job=\'api\'}) == 0.0", for: 60s, labels: {severity: critical}, annotations: {summary: down}}]}]',
    },
    CONTRACT,
  ];
  expect((await judged({}, files)).findings).toEqual([]);
});

it('a rule’s place is its line in the files, and without them its file and group in the running one', async () => {
  const change = { past: { [RULE.query]: minutes(600, 5) } };
  const places = async (files?: null): Promise<string[]> =>
    (await judged(change, files)).findings.map(({ where }) => where);
  expect(await places()).toEqual([expect.stringMatching(/^rules\.yml:\d+$/)]);
  expect(await places(null)).toEqual(['rules.yml, group g']);
});

it('a rule’s place is its line in a file of whatever name', async () => {
  const { findings } = await judged({}, [
    {
      path: 'prometheus/rules.yml',
      text: 'groups: [{name: g, rules: [{alert: Other, expr: up == 0}]}]',
    },
  ]);
  expect(findings.map(({ where }) => where)).toContain('prometheus/rules.yml:1');
});
