import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';

const found = (board: object, others: Record<string, string> = {}): string[] =>
  checkStack(
    Object.entries({ 'a.json': JSON.stringify(board), ...others }).map(([path, text]) => ({
      path,
      text,
    })),
  ).findings.map(({ rule }) => rule);

interface Drawn {
  title?: string;
  id?: number;
  query?: object;
  /** Beside the query: `group` in v2beta1, the kind in v2alpha1. */
  asked?: object;
  spec?: object;
  type?: string;
}

const WITH_UNIT = { fieldConfig: { defaults: { unit: 'reqps' } } };

const panel = (
  expr: string,
  { title = 'Errors', id = 1, query, asked, spec, type }: Drawn = {},
): object => ({
  kind: 'Panel',
  spec: {
    id,
    title,
    data: {
      kind: 'QueryGroup',
      spec: {
        queries: [
          {
            kind: 'PanelQuery',
            spec: {
              refId: 'A',
              query: {
                kind: 'DataQuery',
                group: 'prometheus',
                ...asked,
                spec: { expr, ...query },
              },
            },
          },
        ],
      },
    },
    vizConfig: { kind: 'VizConfig', group: type ?? 'timeseries', spec: spec ?? WITH_UNIT },
  },
});

const element = (name: string): object => ({ element: { kind: 'ElementReference', name } });
const at = (name: string, x: number, y: number, width = 12): object => ({
  kind: 'GridLayoutItem',
  spec: { x, y, width, height: 8, ...element(name) },
});
const grid = (...items: object[]): object => ({ kind: 'GridLayout', spec: { items } });
const auto = (...names: string[]): object => ({
  kind: 'AutoGridLayout',
  spec: { items: names.map((name) => ({ kind: 'AutoGridLayoutItem', spec: element(name) })) },
});
const rows = (...layouts: object[]): object => ({
  kind: 'RowsLayout',
  spec: {
    rows: layouts.map((layout, i) => ({ kind: 'RowsLayoutRow', spec: { title: `R${i}`, layout } })),
  },
});
const tabs = (...layouts: object[]): object => ({
  kind: 'TabsLayout',
  spec: {
    tabs: layouts.map((layout, i) => ({ kind: 'TabsLayoutTab', spec: { title: `T${i}`, layout } })),
  },
});

const board = (
  elements: Record<string, object>,
  layout: object = grid(...Object.keys(elements).map((name, i) => at(name, 0, 8 * i))),
): object => ({
  apiVersion: 'dashboard.grafana.app/v2beta1',
  kind: 'Dashboard',
  metadata: { name: 'nodes' },
  spec: {
    title: 'Nodes',
    layout,
    variables: [{ kind: 'QueryVariable', spec: { name: 'job', current: { value: '$job' } } }],
    elements,
  },
});
const one = (expr: string, drawn: Drawn = {}): object => board({ one: panel(expr, drawn) });

const RATE = 'sum by (job) (rate(x_seconds_total{job="$job"}[$__rate_interval]))';
const two = (layout: object): object =>
  board({ one: panel(RATE), two: panel(RATE, { title: 'Late', id: 2 }) }, layout);

describe('queries', () => {
  it('are judged where they are PromQL', () => {
    expect(found(one('rate(x_total{job="$job"}[5m]'))).toEqual(['promql/syntax']);
    expect(found(one('rate(x_total{job="$job"}[$__rate_interval])'))).toEqual([]);
    const loki = { asked: { group: 'loki' } };
    expect(found(one('{job="$job"} |= "error"', loki))).toEqual([]);
  });

  it('of a data source that is not there are told, by either way of naming one', () => {
    const provisioned = {
      'ds.yaml':
        'apiVersion: 1\ndatasources: [{ name: P, uid: prom, type: prometheus, jsonData: { timeInterval: 15s } }]\n',
      'p.yaml':
        'apiVersion: 1\nproviders: [{ name: a, options: { path: /var/lib/grafana/dashboards } }]\n',
    };
    const asking = (name: string): string[] =>
      found(one(RATE, { asked: { datasource: { name } } }), provisioned);
    expect(asking('left-over')).toEqual(['grafana/unknown-data-source']);
    expect(asking('prom')).toEqual([]);
    expect(asking('${source}')).toEqual([]);
  });
});

describe('what panels draw', () => {
  const drawn = (defaults: object, legend: object = {}): object => ({
    fieldConfig: { defaults, overrides: [] },
    options: { legend },
  });
  it('needs a unit', () => {
    expect(found(one(RATE, { spec: drawn({}) }))).toEqual(['dashboard/no-unit']);
    expect(found(one(RATE, { spec: drawn({ unit: 's' }) }))).toEqual([]);
  });

  it('has a legend that is right, where it is drawn', () => {
    const query = { legendFormat: '{{instance}}' };
    expect(found(one(RATE, { query }))).toEqual(['dashboard/legend-label-aggregated-away']);
    const hidden = drawn({ unit: 's' }, { showLegend: false });
    expect(found(one(RATE, { query, spec: hidden }))).toEqual([]);
    expect(found(one(RATE, { query: { legendFormat: '{{job}' } }))).toEqual([
      'dashboard/legend-syntax',
    ]);
  });

  it('has variables that are defined', () => {
    const query = { legendFormat: '$shop' };
    expect(found(one(RATE, { query }))).toEqual(['dashboard/undefined-variable']);
    expect(found(one(RATE, { query: { legendFormat: '$job' } }))).toEqual([]);
  });

  it('is of a type that is there', () => {
    expect(found(one(RATE, { type: 'natel-discrete-panel' }))).toEqual([
      'dashboard/removed-panel-type',
    ]);
    expect(found(one(RATE, { type: 'state-timeline' }))).toEqual([]);
  });

  it('changes colour where the contract promises it', () => {
    const steps = [{ value: null }, { value: 80 }];
    const spec = { fieldConfig: { defaults: { unit: 's', thresholds: { steps } } } };
    const promising = (value: number): string[] =>
      found(one(RATE, { spec }), {
        'contract.yaml': `version: 1\njobs: {}\nalerts: {}\ndashboards: { Nodes: { Errors: { unit: s, thresholds: [${value}] } } }\n`,
      });
    expect(promising(90)).toEqual(['promise/panel-otherwise']);
    expect(promising(80)).toEqual([]);
  });
});

describe('panels', () => {
  it('of one id are told', () => {
    const pair = (id: number): object =>
      board({ a: panel(RATE), b: panel(RATE, { title: 'Late', id }) });
    expect(found(pair(1))).toEqual(['dashboard/duplicate-panel-id']);
    expect(found(pair(2))).toEqual([]);
  });

  it('of one title are told, unless rows or tabs tell them apart', () => {
    const same = (layout: object): object =>
      board({ one: panel(RATE), two: panel(RATE, { id: 2 }) }, layout);
    expect(found(same(auto('one', 'two')))).toEqual(['dashboard/duplicate-title']);
    expect(found(same(rows(auto('one'), auto('two'))))).toEqual([]);
    expect(found(same(tabs(auto('one'), rows(auto('two')))))).toEqual([]);
  });
});

describe('the layout', () => {
  it('has no two panels on one place', () => {
    expect(found(two(grid(at('one', 0, 0), at('two', 11, 7))))).toEqual([
      'dashboard/overlapping-panels',
    ]);
    expect(found(two(grid(at('one', 0, 0), at('two', 12, 0))))).toEqual([]);
    expect(found(two(rows(grid(at('one', 0, 0)), grid(at('two', 0, 0)))))).toEqual([]);
  });

  it('has 24 columns', () => {
    expect(found(two(grid(at('one', 0, 0), at('two', 13, 0))))).toEqual([
      'dashboard/overlapping-panels',
    ]);
    expect(found(two(grid(at('one', 0, 0), at('two', 0, 8, 24))))).toEqual([]);
  });

  it('has the rows of v2alpha1 within its grid', () => {
    const inRow = (...elements: object[]): object => ({
      kind: 'GridLayoutRow',
      spec: { y: 0, title: 'R', elements },
    });
    expect(found(two(grid(at('one', 0, 0), inRow(at('two', 0, 0)))))).toEqual([]);
    expect(found(two(grid(inRow(at('one', 0, 0), at('two', 0, 2)))))).toEqual([
      'dashboard/overlapping-panels',
    ]);
  });

  it('names elements that are there', () => {
    expect(found(two(tabs(auto('one', 'two'), auto('three'))))).toEqual([
      'dashboard/unknown-element',
    ]);
    expect(found(two(tabs(auto('one'), auto('two'))))).toEqual([]);
  });

  it('shows every panel', () => {
    expect(found(two(rows(auto('one'))))).toEqual(['dashboard/panel-without-place']);
    expect(found(two(rows(auto('one', 'two'))))).toEqual([]);
  });
});

it('a dashboard is of one name only', () => {
  const other = (name: string): Record<string, string> => ({
    'b.json': JSON.stringify({ ...one(RATE), metadata: { name } }).replace('Nodes', 'Others'),
  });
  expect(found(one(RATE), other('nodes'))).toEqual(['dashboard/duplicate-uid']);
  expect(found(one(RATE), other('others'))).toEqual([]);
});

it('all of it is read', () => {
  const { unread, looked } = checkStack([{ path: 'a.json', text: JSON.stringify(one(RATE)) }]);
  expect(unread).toEqual([]);
  expect(looked).toEqual({ files: 1, alerts: 0, expressions: 1, dashboards: 1 });
});

it('variables of a row count for its panels', () => {
  const withOwn = {
    kind: 'RowsLayout',
    spec: {
      rows: [
        {
          kind: 'RowsLayoutRow',
          spec: {
            layout: auto('one'),
            variables: [{ kind: 'CustomVariable', spec: { name: 'shop', query: 'a, b' } }],
          },
        },
      ],
    },
  };
  const shops = panel('sum by (job) (rate(x_total{job="$job",shop="$shop"}[$__rate_interval]))');
  expect(found(board({ one: shops }, withOwn))).toEqual([]);
  expect(found(board({ one: shops }))).toEqual(['dashboard/undefined-variable']);
});
