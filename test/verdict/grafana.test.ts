import { describe, expect, it } from 'vitest';
import type { GrafanaEvidence } from '../../src/model/grafana-evidence.ts';
import { judgePanels } from '../../src/verdict/panels/index.ts';
import { measuredEvidence } from '../support/measured.ts';
import { aboutOf, wordsOf } from '../support/expectations.ts';
import { subjectName } from '../../src/model/expectation.ts';
import { look, open, rule, source0, world } from './worlds/grafana.ts';

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
