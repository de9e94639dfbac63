import { describe, expect, it } from 'vitest';
import { liveExitCode } from '../../src/model/attach.ts';
import { HEALTHY, RULE, judged } from './system.ts';
import type { System } from './system.ts';

const target = (job: string, health: string): object => ({
  labels: { job, instance: `${job}:1` },
  scrapeUrl: `http://${job}:1/metrics`,
  health,
  lastError: health === 'down' ? 'connection refused' : '',
});
const board = (expr: string): System['dashboards'] => ({
  board: { dashboard: { title: 'Board', panels: [{ title: 'P', targets: [{ expr }] }] } },
});

/** What is told, and what isn't judged, of a system in which nothing has any series. */
async function told(change: Partial<System>): Promise<[string[], string[], number]> {
  const result = await judged({ instant: {}, names: ['up'], ...change });
  return [
    result.findings.map(({ id, subject }) => `${id} ${subject}`),
    result.notJudged.map(({ what, why }) => `${what}: ${why}`),
    liveExitCode(result),
  ];
}

const ONE = {
  rules: [{ ...RULE, query: 'requests_total > 1' }],
  dashboards: board('sum(requests_total)'),
};
const FILES_OF = [
  {
    path: 'contract.yaml',
    text: 'version: 1\njobs: {api: {}}\nmetrics: {requests_total: {type: counter, jobs: [api]}}\nalerts: {}\n',
  },
  {
    path: 'rules.yml',
    text: 'groups: [{name: g, rules: [{alert: Down, expr: requests_total > 1, for: 1m, labels: {severity: critical}, annotations: {summary: down}}]}]\n',
  },
];

describe('what a target that isn’t scraped would export', () => {
  it('is not told once more where no target is up', async () =>
    expect(await told({ ...ONE, targets: [target('api', 'down')] })).toEqual([
      ['live/target-down api api:1', expect.stringContaining('live/rule-differs')],
      [],
      1,
    ]));

  it('is told where all are up', async () => {
    const { findings } = await judged({ instant: {}, names: ['up'], ...ONE }, FILES_OF);
    expect(findings.map(({ id }) => id)).toEqual([
      'live/metric-unknown',
      'live/panel-no-data',
      'live/metric-missing',
    ]);
  });

  it('is not told of a job that the query or the contract names, and told of others', async () => {
    const targets = [target('api', 'down'), target('web', 'up')];
    const dashboards = {
      board: {
        dashboard: {
          title: 'Board',
          panels: ['a{job="api"}', 'requests_total', 'a{job="web"}', 'a'].map((expr) => ({
            title: expr,
            targets: [{ expr }],
          })),
        },
      },
    };
    const result = await judged(
      { instant: {}, names: ['up'], ...ONE, dashboards, targets },
      FILES_OF,
    );
    expect(result.findings.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
      'live/target-down api api:1',
      'live/panel-no-data Board / a{job="web"}',
    ]);
    expect(result.notJudged).toEqual([
      {
        what: 'Board / a, which has no data',
        why: 'it may come from api, of which no target is up',
        decisive: false,
      },
    ]);
  });
});

describe('a target that was not scraped yet', () => {
  it('is not judged, and neither is what it will export', async () =>
    expect(
      await told({
        targets: [target('api', 'unknown'), target('api', 'unknown')],
        dashboards: board('sum(requests_total)'),
        rules: HEALTHY.rules,
      }),
    ).toEqual([[], ['2 targets of api: not scraped yet'], 2]));

  it('beside one that was is no missing part', async () => {
    const targets = [target('api', 'up'), target('api', 'unknown')];
    const result = await judged({ targets });
    expect([result.findings, result.notJudged, liveExitCode(result)]).toEqual([
      [],
      [{ what: 'a target of api', why: 'not scraped yet', decisive: false }],
      0,
    ]);
  });
});

it('what the system records itself is no unknown metric, whatever it is recorded of', async () => {
  const record = { ...RULE, type: 'recording', name: 'r:x', query: 'a or b', duration: 0 };
  const rules = [record, { ...RULE, query: 'r:x > 1' }];
  const { findings } = await judged({ rules, names: ['up', 'a', 'b'] }, null);
  expect(findings.map(({ id }) => id)).toEqual([]);
});
