import type { FindingId } from '../../../src/model/finding.ts';
import type { GrafanaEvidence } from '../../../src/model/grafana-evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { judgePanels } from '../../../src/verdict/panels/index.ts';
import { measuredEvidence, measuredPlan } from '../../support/measured.ts';
import type { BrokenWorld } from './world.ts';

const source = { file: 'g.yaml', line: 1, column: 1 };
const PANELS = [
  { id: 1, title: 'Offline', noValue: '', queries: { A: 'x' } },
  { id: 2, title: 'Rate', noValue: '', queries: { A: 'x' } },
];

/** A plan and what a Grafana says that has everything as the files have it. */
export function world(): { plan: Plan; grafana: GrafanaEvidence } {
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

export function open(change: (grafana: GrafanaEvidence, plan: Plan) => void): Verdict[] {
  const { plan, grafana } = world();
  change(grafana, plan);
  const evidence = { ...measuredEvidence(plan), grafana };
  evidence.answers['g'] = [{ labels: {}, value: 1 }];
  return judgePanels(plan, evidence).filter((v) => v.outcome !== 'pass');
}
export const source0 = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['dataSources']>[number] =>
  g.dataSources![0]!;
const board = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['dashboards'][string]> =>
  g.dashboards['board']!;
const offline = (g: GrafanaEvidence): GrafanaEvidence['panels'][string] =>
  g.panels['Board/Offline A']!;
export const rule = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['rules']>[number] =>
  g.rules![0]!;
export const look = (g: GrafanaEvidence): NonNullable<GrafanaEvidence['looks']>[string] =>
  g.looks!['board']!;

type Change = (grafana: GrafanaEvidence) => void;

/** Each with its repaired twin: what is still as it should be after the change. */
const BROKEN: [string, FindingId, Change, Change][] = [
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
    'a panel that draws nothing',
    'grafana-panel-no-data',
    (g) => {
      look(g).blank = [look(g).panels[0] ?? ''];
    },
    (g) => {
      look(g).blank = [];
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
    'a data source that answers its own test and no panel: told once, of the data source',
    'grafana-data-source-unreachable',
    (g) => {
      for (const answer of Object.values(g.panels))
        Object.assign(answer, { series: null, error: 'no answer', prometheus: null, silent: true });
    },
    (g) => {
      source0(g).health = { status: 'OK', message: 'again' };
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
    'a Grafana that ended by itself, before it could be asked',
    'grafana-unhealthy',
    (g) => {
      Object.assign(g, { health: null, dataSources: null, dashboards: {}, panels: {} });
      Object.assign(g, { rules: null, looks: null, ended: 'grafana ended by itself (exit 1)' });
    },
    (g) => {
      g.health!.version = '12.2.1';
    },
  ],
  [
    'a Grafana that ended after it had answered everything',
    'grafana-unhealthy',
    (g) => {
      g.ended = 'grafana ended by itself (out of memory)';
    },
    (g) => {
      delete g.ended;
    },
  ],
  [
    'an error that the page has thrown',
    'grafana-panel-error',
    (g) => {
      look(g).thrown = ['Unknown color mode palette-classic-by-name'];
    },
    (g) => {
      look(g).thrown = [];
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
];

/** Worlds in which Grafana itself breaks one promise. */
export const GRAFANA_WORLDS: BrokenWorld[] = BROKEN.map(([name, id, broken, repaired]) => ({
  name,
  findings: [id],
  broken: () => open(broken),
  repaired: () => open(repaired),
}));
