import { describe, expect, it } from 'vitest';
import type { GrafanaEvidence } from '../../src/model/grafana-evidence.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { FindingId } from '../../src/model/finding.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { judgePanels } from '../../src/verdict/panels/index.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';
import { aboutOf, wordsOf } from '../support/expectations.ts';
import { subjectName } from '../../src/model/expectation.ts';

const source = { file: 'g.yaml', line: 1, column: 1 };
const PANELS = [
  { id: 1, title: 'Offline', queries: { A: 'x' } },
  { id: 2, title: 'Rate', queries: { A: 'x' } },
];

/** A plan and what a Grafana says that has everything as the files have it. */
function world(): { plan: Plan; grafana: GrafanaEvidence } {
  const plan = measuredPlan();
  plan.dashboards = [{ uid: 'board', title: 'Board', source, panels: PANELS }];
  plan.dataSources = [
    {
      uid: 'prometheus',
      name: 'Prometheus',
      type: 'prometheus',
      url: 'http://prometheus:9090',
      source,
    },
  ];
  plan.grafanaRules = [
    { title: 'NoData', expr: 'x', evaluator: 'lt', limit: 1, question: 'g', source },
  ];
  const answered = (): GrafanaEvidence['panels'][string] => {
    const series = (): { labels: Record<string, string>; samples: [number, number][] }[] => [
      {
        labels: { job: 'backend', instance: 'b:1' },
        samples: [
          [500, 5],
          [1_000, NaN],
          [1_500, 0.1 + 0.2],
        ],
      },
    ];
    return { query: 'x', series: series(), error: null, prometheus: series() };
  };
  return {
    plan,
    grafana: {
      health: { version: '12.2.1', database: 'ok' },
      dataSources: [
        {
          uid: 'prometheus',
          name: 'Prometheus',
          type: 'prometheus',
          url: 'http://prometheus:9090',
          access: 'proxy',
          health: { status: 'OK', message: 'Successfully queried' },
        },
      ],
      dashboards: {
        board: { title: 'Board', folder: 'F', provisioned: true, panels: structuredClone(PANELS) },
      },
      panels: { 'Board/Offline A': answered(), 'Board/Rate A': answered() },
      rules: [{ title: 'NoData', state: 'inactive', health: 'ok', lastError: '', evaluatedAt: 1 }],
      looks: {
        board: {
          picture: 'pictures/board.png',
          panels: ['Offline', 'Rate'],
          errors: [],
          empty: [],
          problem: null,
        },
      },
      queryErrors: [],
    },
  };
}

function open(change: (grafana: GrafanaEvidence, plan: Plan) => void): Verdict[] {
  const { plan, grafana } = world();
  change(grafana, plan);
  const evidence = { ...measuredEvidence(plan), grafana };
  evidence.answers['g'] = [{ labels: {}, value: 1 }];
  return judgePanels(plan, evidence).filter((v) => v.outcome !== 'pass');
}
const source0 = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['dataSources']>[number] =>
  g.dataSources![0]!;
const board = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['dashboards'][string]> =>
  g.dashboards['board']!;
const offline = (g: GrafanaEvidence): GrafanaEvidence['panels'][string] =>
  g.panels['Board/Offline A']!;
const rule = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['rules']>[number] => g.rules![0]!;
const look = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['looks']>[string] =>
  g.looks!['board']!;

describe('Grafana itself', () => {
  it('passes when it has, reaches, answers and shows everything', () => {
    const { plan, grafana } = world();
    const evidence = { ...measuredEvidence(plan), grafana };
    const own = judgePanels(plan, evidence).filter((v) => /^Grafana |browser/.test(wordsOf(v)));
    expect(own.map((v) => `${aboutOf(v)}: ${wordsOf(v)}: ${v.outcome}`)).toEqual([
      'Grafana/server: Grafana is healthy: pass',
      'Grafana/data source Prometheus: Grafana reaches it: pass',
      'Grafana/dashboard Board: Grafana has it: pass',
      'Grafana/dashboard Board: a browser shows it: pass',
      'Board/Offline: Grafana answers: pass',
      'Board/Rate: Grafana answers: pass',
      'Grafana/alert NoData: Grafana evaluates it: pass',
    ]);
  });
  it('is not judged where it is not there', () =>
    expect(
      judgePanels(world().plan, measuredEvidence(world().plan)).some(
        (v) => subjectName(v.expectation.subject) === 'Grafana',
      ),
    ).toBe(false));

  // Each with its repaired twin: what is still as it should be after the change.
  it.each<[string, FindingId, (g: GrafanaEvidence) => void, (g: GrafanaEvidence) => void]>([
    [
      'a database that is locked',
      'grafana-unhealthy',
      (g) => {
        g.health!.database = 'failing';
      },
      (g) => {
        g.health!.version = '13.0.0';
      },
    ],
    [
      'no data source',
      'grafana-data-source-differs',
      (g) => {
        g.dataSources = [];
      },
      (g) => {
        g.dataSources!.push({
          ...source0(g),
          uid: 'other',
          health: { status: 'ERROR', message: 'not of the files' },
        });
      },
    ],
    [
      'a data source with another URL',
      'grafana-data-source-differs',
      (g) => {
        source0(g).url = 'http://elsewhere:9090';
      },
      (g) => {
        source0(g).name = 'prometheus';
      },
    ],
    [
      'a data source that browsers ask',
      'grafana-data-source-differs',
      (g) => {
        source0(g).access = 'direct';
      },
      (g) => {
        source0(g).access = 'proxy';
      },
    ],
    [
      'a data source that is not reached',
      'grafana-data-source-unreachable',
      (g) => {
        source0(g).health = { status: 'ERROR', message: 'connection refused' };
      },
      (g) => {
        source0(g).health = { status: 'OK', message: '' };
      },
    ],
    [
      'no dashboard',
      'grafana-dashboard-missing',
      (g) => {
        g.dashboards['board'] = null;
      },
      (g) => {
        g.dashboards['other'] = null;
      },
    ],
    [
      'another title',
      'grafana-dashboard-differs',
      (g) => {
        board(g).title = 'Bored';
      },
      (g) => {
        board(g).folder = '';
      },
    ],
    [
      'a dashboard saved by hand',
      'grafana-dashboard-differs',
      (g) => {
        board(g).provisioned = false;
      },
      (g) => {
        board(g).provisioned = true;
      },
    ],
    [
      'a panel that is missing',
      'grafana-dashboard-differs',
      (g) => {
        board(g).panels.pop();
      },
      (g) => {
        board(g).panels.reverse();
      },
    ],
    [
      'another query',
      'grafana-dashboard-differs',
      (g) => {
        board(g).panels[0]!.queries['A'] = 'y';
      },
      (g) => {
        board(g).panels[0]!.queries['B'] = 'hidden';
      },
    ],
    [
      'a query that is refused',
      'grafana-query-fails',
      (g) => {
        Object.assign(offline(g), {
          series: null,
          prometheus: null,
          error: 'data source not found',
        });
      },
      (g) => {
        Object.assign(offline(g), { series: [], prometheus: [] });
      },
    ],
    [
      'another value',
      'grafana-value-differs',
      (g) => {
        offline(g).series![0]!.samples[0]![1] = 6;
      },
      (g) => {
        offline(g).series![0]!.samples[2]![1] = 0.3;
      },
    ],
    [
      'a number where there is none',
      'grafana-value-differs',
      (g) => {
        offline(g).series![0]!.samples[1]![1] = 0;
      },
      (g) => {
        offline(g).series![0]!.samples[1]![1] = NaN;
      },
    ],
    [
      'a value that is missing',
      'grafana-value-differs',
      (g) => {
        offline(g).series![0]!.samples.pop();
      },
      (g) => {
        offline(g).series![0]!.samples.reverse();
      },
    ],
    [
      'a series that is missing',
      'grafana-value-differs',
      (g) => {
        offline(g).series = [];
      },
      (g) => {
        offline(g).series![0]!.labels = { instance: 'b:1', job: 'backend' };
      },
    ],
    [
      'a series too many',
      'grafana-value-differs',
      (g) => {
        offline(g).series!.push({ labels: {}, samples: [[500, 1]] });
      },
      (g) => {
        for (const all of [offline(g).series!, offline(g).prometheus!])
          all.push({ labels: {}, samples: [[500, 1]] });
      },
    ],
    [
      'no rule',
      'grafana-alert-unhealthy',
      (g) => {
        g.rules = [];
      },
      (g) => {
        g.rules!.unshift({ ...rule(g), title: 'Other', state: 'firing' });
      },
    ],
    [
      'a rule with an error',
      'grafana-alert-unhealthy',
      (g) => {
        Object.assign(rule(g), {
          health: 'error',
          lastError: 'no such data source',
          state: 'firing',
        });
      },
      (g) => {
        rule(g).state = 'pending';
      },
    ],
    [
      'a rule without data',
      'grafana-alert-unhealthy',
      (g) => {
        rule(g).health = 'nodata';
      },
      (g) => {
        rule(g).health = 'ok';
      },
    ],
    [
      'a rule that fires',
      'grafana-alert-fires',
      (g) => {
        rule(g).state = 'firing';
      },
      (g) => {
        rule(g).state = 'pending';
      },
    ],
    [
      'an error badge',
      'grafana-panel-error',
      (g) => {
        look(g).errors = ['Rate'];
      },
      (g) => {
        look(g).picture = null;
      },
    ],
    [
      'a panel without data',
      'grafana-panel-no-data',
      (g) => {
        look(g).empty = ['Rate'];
      },
      (g) => {
        look(g).panels.reverse();
      },
    ],
    [
      'a panel that is not drawn',
      'grafana-panel-no-data',
      (g) => {
        look(g).panels.pop();
      },
      (g) => {
        g.looks = null;
      },
    ],
  ])('with %s fails with exactly that', (_, id, broken, repaired) => {
    expect(open(broken).map((v) => [v.outcome, v.finding?.id])).toEqual([['fail', id]]);
    expect(open(repaired)).toEqual([]);
  });

  it('may show an empty panel of which the contract says why', () =>
    expect(
      open((g, p) => {
        p.panels[0]!.promised!.empty = 'none yet';
        look(g).empty = ['Offline'];
      }).map((v) => v.finding?.id),
    ).toEqual(['panel-not-empty']));

  it.each<[string, (g: GrafanaEvidence) => void, string]>([
    [
      'its health',
      (g) => {
        g.health = null;
        g.queryErrors = [{ query: 'health', error: 'timed out' }];
      },
      'timed out',
    ],
    [
      'its data sources',
      (g) => {
        g.dataSources = null;
        g.queryErrors = [{ query: 'data sources', error: '401' }];
      },
      '401',
    ],
    [
      'a test of a data source',
      (g) => {
        source0(g).health = null;
      },
      'it was never asked',
    ],
    [
      'a dashboard',
      (g) => {
        g.dashboards = {};
        g.queryErrors = [{ query: 'dashboard Board', error: '500' }];
      },
      '500',
    ],
    [
      'a query',
      (g) => {
        delete g.panels['Board/Offline A'];
        g.queryErrors = [{ query: 'panel Board/Offline', error: 'reset' }];
      },
      'reset',
    ],
    [
      'its rules',
      (g) => {
        g.rules = null;
      },
      'it was never asked',
    ],
    [
      'a rule that was never evaluated',
      (g) => {
        rule(g).evaluatedAt = null;
        rule(g).health = 'unknown';
      },
      'health unknown, never evaluated',
    ],
    [
      'a browser that is too slow',
      (g) => {
        look(g).problem = 'waited 20 s';
      },
      'waited 20 s',
    ],
    [
      'a browser that does not start',
      (g) => {
        g.looks = {};
        g.queryErrors = [{ query: 'browser', error: 'no such program' }];
      },
      'no such program',
    ],
  ])('is open, and never a pass, when nobody could ask for %s', (_, change, seen) => {
    expect(open(change).map((v) => [v.outcome, v.finding?.id, v.finding?.seen])).toEqual([
      ['inconclusive', 'could-not-judge', seen],
    ]);
  });
});
