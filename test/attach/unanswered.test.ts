import { describe, expect, it } from 'vitest';
import { liveExitCode } from '../../src/model/attach.ts';
import type { LiveResult } from '../../src/model/attach.ts';
import { attachText } from '../../src/report/attach/text.ts';
import { Refusal } from './server.ts';
import { FILES, HEALTHY, RULE, judged } from './system.ts';

const BUSY = new Refusal(429, 'too many');
const QUERY = '/api/v1/query';

const ids = ({ findings }: LiveResult): string[] => findings.map(({ id }) => id);
const notJudged = ({ notJudged: all }: LiveResult): string[] => all.map(({ what }) => what);
/** The whole text in one line. */
const text = (result: LiveResult): string =>
  attachText(result, { color: false, width: 120, verbose: false }).replace(/\s+/g, ' ');

describe('a part that is missing as a whole makes nothing wrong no pass', () => {
  it.each([
    ['an Alertmanager that was named', '/api/v2/status', 'whom alerts are told'],
    ['a Grafana that was named', '/api/search', 'the dashboards'],
    ['each of its dashboards', '/api/dashboards/uid/board', 'dashboard board'],
    ['the names of metrics', '/api/v1/label/__name__/values', 'which metrics there are'],
    ['the last days', '/api/v1/query_range', 'the last days of Down'],
  ])('%s', async (_, path, what) => {
    const result = await judged({ instead: { [path]: BUSY } });
    expect([ids(result), notJudged(result), liveExitCode(result)]).toEqual([[], [what], 2]);
    expect(text(result)).toContain(
      "couldn't be judged (exit code 2); nothing wrong in what could be judged: 1 target",
    );
    expect(text(result)).toContain('; 1 not judged; ');
  });

  it('every query', async () => {
    const { dashboard } = HEALTHY.dashboards['board'] as { dashboard: { panels: unknown[] } };
    const panels = [...dashboard.panels, { title: 'P', targets: [{ expr: 'sum(x)' }] }];
    const dashboards = { board: { dashboard: { ...dashboard, panels } } };
    const result = await judged({ dashboards, instead: { [QUERY]: BUSY } });
    expect(notJudged(result)).toEqual([
      '`up{job="api"}`',
      'the panels, all 2 questions',
      'series of requests_total',
    ]);
    expect([ids(result), liveExitCode(result)]).toEqual([[], 2]);
  });

  it('beside an error, the error counts', async () => {
    const result = await judged({ alertmanagers: [], instead: { '/api/v2/status': BUSY } });
    expect(liveExitCode(result)).toBe(1);
  });
});

it('dashboards behind the last that Grafana lists at once were not looked at', async () => {
  const listed = Array.from({ length: 5000 }, () => ({ uid: 'board', title: 'board' }));
  const result = await judged({ instead: { '/api/search': listed } });
  expect([notJudged(result), liveExitCode(result)]).toEqual([['the dashboards'], 2]);
  const one = await judged({ instead: { '/api/search': listed.slice(0, 1) } });
  expect([notJudged(one), liveExitCode(one)]).toEqual([[], 0]);
});

it('one question of several without an answer is no missing part', async () => {
  const board = {
    dashboard: {
      title: 'Board',
      panels: ['sum(up)', 'sum(slow)'].map((expr) => ({ title: expr, targets: [{ expr }] })),
    },
  };
  const instant = { ...HEALTHY.instant, 'sum(slow)': BUSY };
  const result = await judged({ dashboards: { board }, instant });
  expect([ids(result), notJudged(result), liveExitCode(result)]).toEqual([
    [],
    ['Board / sum(slow)'],
    0,
  ]);
  expect(text(result)).toMatch(/ nothing wrong in what could be judged: .*; 1 not judged; /);
});

it('where all was judged nothing else is said', async () => {
  const result = await judged();
  expect([text(result), liveExitCode(result)]).toEqual([
    expect.stringMatching(/ nothing wrong in 1 target, 1 alert, /),
    0,
  ]);
});

it('of a version nothing depends', async () => {
  const result = await judged({ instead: { '/api/health': BUSY } });
  expect([notJudged(result), liveExitCode(result)]).toEqual([['the version of Grafana'], 0]);
});

describe('a panel’s query', () => {
  const error = (status: number, errorType: string): Refusal =>
    new Refusal(status, { status: 'error', errorType, error: 'so it is' });
  const shown = async (answer: unknown): Promise<[string[], string[]]> => {
    const result = await judged({ instant: { ...HEALTHY.instant, 'sum(up)': answer as Refusal } });
    return [ids(result), notJudged(result)];
  };

  it.each([
    ['that can’t be read', error(400, 'bad_data')],
    ['that can’t be executed', error(422, 'execution')],
  ])('%s is at fault', async (_, answer) =>
    expect(await shown(answer)).toEqual([['live/panel-fails'], []]),
  );

  it.each([
    ['a timeout', error(503, 'timeout')],
    ['a canceled query', error(503, 'canceled')],
    ['a fault of the server', error(500, 'internal')],
    ['too many questions', BUSY],
    ['a gateway', new Refusal(503, 'no upstream')],
    ['a page to log in', new Refusal(200, '<html>login</html>')],
    ['a cut connection', new Refusal(null)],
  ])('%s says nothing of it', async (_, answer) =>
    expect(await shown(answer)).toEqual([[], ['Board / Up']]),
  );
});

describe('a rule that could not be evaluated', () => {
  const told = async (lastError: string): Promise<unknown> => {
    const result = await judged({ rules: [{ ...RULE, health: 'err', lastError }] });
    return [result.findings.map(({ id, mend }) => `${id}: ${mend}`), notJudged(result)];
  };

  it('for its expression, has that to be corrected', async () =>
    expect(await told('many-to-many matching not allowed')).toEqual([
      [expect.stringContaining('live/rule-unhealthy: Correct the expression')],
      [],
    ]));

  it.each(['query timed out in expression evaluation', 'context deadline exceeded'])(
    'in time (%s), has nothing to be corrected',
    async (error) =>
      expect(await told(error)).toEqual([
        [expect.stringContaining('live/rule-unhealthy: See what Prometheus is short of')],
        [],
      ]),
  );

  it('because it was ended says nothing of the rule', async () =>
    expect(await told('query was canceled in query execution')).toEqual([
      [],
      ['whether alert Down can be evaluated'],
    ]));
});

describe('a configuration that can’t be understood', () => {
  it.each([
    ['nothing', '', 'it holds nothing of what belongs there'],
    ['what is no YAML', 'route: [broken', "line 1 of it can't be read"],
    ['what is broken behind a route', `${HEALTHY.alertmanager}\nx: [`, "of it can't be read"],
  ])('of Alertmanager: %s', async (_, alertmanager, why) => {
    const result = await judged({ alertmanager });
    expect(result.notJudged).toEqual([
      { what: 'whom alerts are told', why: expect.stringContaining(why) as string, decisive: true },
    ]);
    expect([ids(result), liveExitCode(result)]).toEqual([[], 2]);
  });

  it('of Prometheus', async () => {
    const result = await judged({
      instead: { '/api/v1/status/config': { data: { yaml: 'scrape_configs: [{job_name: api' } } },
    });
    expect([ids(result), notJudged(result), liveExitCode(result)]).toEqual([
      [],
      ['the scrape configuration'],
      2,
    ]);
  });

  it('of a dashboard', async () => {
    const result = await judged({ dashboards: { board: { message: 'moved' } } });
    expect([ids(result), notJudged(result), liveExitCode(result)]).toEqual([
      [],
      ['dashboard board'],
      2,
    ]);
  });
});

describe('a Prometheus without targets and rules', () => {
  it('is nothing to judge', async () => {
    const empty = { targets: [], rules: [], names: [] };
    const result = await judged(empty, null);
    expect([ids(result), notJudged(result), liveExitCode(result)]).toEqual([[], ['the system'], 2]);
  });

  it('is one if it has either', async () => {
    const result = await judged({ rules: [] }, null);
    expect([notJudged(result), liveExitCode(result)]).toEqual([[], 0]);
  });
});

describe('where Grafana was named and no dashboard of it could be had', () => {
  const files = [
    ...FILES,
    {
      path: 'grafana/board.json',
      text: JSON.stringify({
        title: 'Ours',
        panels: [{ title: 'P', targets: [{ expr: 'gone' }] }],
      }),
    },
  ];

  it.each([
    ['it fails', { instead: { '/api/search': BUSY } }],
    ['it shows none', { dashboards: {} }],
  ])('because %s, that is said, and the panels of the files are asked', async (_, change) => {
    const result = await judged(change, files);
    expect([ids(result), notJudged(result), result.looked.panels]).toEqual([
      ['live/panel-no-data'],
      ['the dashboards', 'what Grafana shows'],
      1,
    ]);
  });

  it('and there are none in the files either, there is nothing to add', async () => {
    const result = await judged({ dashboards: {} });
    expect([notJudged(result), result.looked.panels, liveExitCode(result)]).toEqual([
      ['the dashboards'],
      0,
      2,
    ]);
  });
});
