import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Plan } from '../../src/model/plan.ts';
import { legendOf } from '../../src/verdict/panels/legend.ts';
import { Known } from '../../src/verdict/panels/known.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';
import { T0 } from '../support/perfect.ts';
import { aboutOf, wordsOf } from '../support/expectations.ts';
import { judgedPanels as verdicts, offline } from './worlds/panels.ts';
import { foundIn } from './worlds/world.ts';

const findings = (change: (e: Evidence, p: Plan) => void): string[] => foundIn(verdicts(change));

describe('panels', () => {
  it('pass when they show what was done', () => {
    const all = verdicts(() => undefined);
    expect(all.map((v) => `${aboutOf(v)} ${wordsOf(v)}: ${v.outcome}`)).toEqual(
      ['Offline', 'Rate'].flatMap((title) =>
        ['has data', 'legend', 'unit and range', 'shows the truth'].map(
          (name) => `Board/${title} ${name}: pass`,
        ),
      ),
    );
    expect(
      all.find((v) => aboutOf(v) === 'Board/Rate' && wordsOf(v) === 'shows the truth')?.measured,
    ).toBe('3 values of http.requests');
  });

  it('may be empty when the contract says why', () => {
    expect(
      findings((e, p) => {
        p.panels[0]!.promised!.empty = 'nothing is offline in a healthy world';
        offline(e).series = [];
      }),
    ).toEqual([]);
  });

  it.each<[string, (e: Evidence, p: Plan) => void]>([
    [
      'an expression reads the clock',
      (e, p) => {
        p.panels[0]!.queries[0]!.problem = 'reads the clock';
        Object.assign(offline(e), { series: null, error: 'reads the clock' });
      },
    ],
    [
      'nobody knows the truth',
      (e) => {
        e.truth = [];
      },
    ],
    [
      'the run was interrupted',
      (e) => {
        e.interruption = { at: T0, reason: 'interrupted', detail: 'SIGINT' };
      },
    ],
  ])('are not judged when %s', (_, change) => {
    const open = verdicts(change).filter((v) => v.outcome !== 'pass');
    expect(open.map((v) => v.outcome)).toEqual(open.map(() => 'inconclusive'));
    expect(open.length).toBeGreaterThan(0);
  });

  describe('that are asked about one moment', () => {
    const at = T0 + 30_000;
    /** The job's last scrape before that succeeded, or failed; what was asked then is empty. */
    const missing =
      (up: number, job = 'a', query = 'm') =>
      (e: Evidence, p: Plan): void => {
        Object.assign(p.panels[0]!.queries[0]!, { instant: true, runExpr: query });
        Object.assign(offline(e), { series: [], askedAt: at });
        p.jobs = [{ ...p.jobs[0]!, name: 'a' }];
        p.metrics.push({ ...p.metrics[0]!, name: 'm', jobs: ['a'] });
        e.series = [
          {
            labels: { __name__: 'up', job },
            samples: [
              [at - 400, 1],
              [at - 150, up],
              [at + 100, 1],
            ],
          },
        ];
      };
    const outcomes = (change: (e: Evidence, p: Plan) => void): string[] =>
      verdicts(change).flatMap((v) => (v.finding ? [v.finding.id] : []));

    it('miss what a scrape that failed just before has taken away', () => {
      expect(outcomes(missing(0))).toContain('could-not-judge');
      expect(outcomes(missing(0))).not.toContain('panel-no-data');
      expect(outcomes(missing(1))).toContain('panel-no-data');
      expect(outcomes(missing(0, 'another'))).toContain('panel-no-data');
      // Of who is up a scrape that failed tells too.
      expect(outcomes(missing(0, 'a', 'up'))).toContain('panel-no-data');
    });

    it('so does a rule of Grafana’s own', () => {
      const source = { file: 'g.yaml', line: 1, column: 1 };
      const rule = {
        title: 'NoData',
        expr: 'up',
        evaluator: 'lt',
        limit: 1,
        question: 'g',
        source,
      };
      const ask =
        (up: number) =>
        (e: Evidence, p: Plan): void => {
          missing(up)(e, p);
          p.grafanaRules = [rule];
          p.questions = [{ id: 'g', query: 'm', atMs: at - T0 }];
          e.answers['g'] = [];
        };
      expect(outcomes(ask(0))).not.toContain('grafana-alert-fires');
      expect(outcomes(ask(1))).toContain('grafana-alert-fires');
    });
  });

  it.each<[string, string[], Evidence['answers'][string]]>([
    ['quiet', [], [{ labels: {}, value: 1 }]],
    ['over its threshold', ['grafana-alert-fires'], [{ labels: {}, value: 0 }]],
    ['without an answer', ['grafana-alert-fires'], []],
  ])("a rule of Grafana's own that is %s", (_, expected, answer) => {
    const rule = {
      title: 'NoData',
      expr: 'x',
      evaluator: 'lt',
      limit: 1,
      question: 'g',
      source: { file: 'g.yaml', line: 1, column: 1 },
    };
    expect(
      verdicts((e, p) => {
        p.grafanaRules = [rule];
        e.answers['g'] = answer;
      }).flatMap((v) => (v.finding ? [v.finding.id] : [])),
    ).toEqual(expected);
    expect(
      verdicts((_e, p) => {
        p.grafanaRules = [rule];
      })
        .filter((v) => v.outcome !== 'pass')
        .map((v) => v.outcome),
    ).toEqual(['inconclusive']);
  });

  it.each([
    ['sum by (job) (x)', ['panel-legend-names-nothing']],
    ['count by (pod) (x) or vector(0)', []],
    ['not PromQL (', []],
  ])('a legend that names a label that no series has, of %s', (query, expected) => {
    const found = verdicts((e, p) => {
      p.panels[0]!.queries[0]!.legend = '{{job}} {{pod}}';
      e.panels['Board/Offline A']!.query = query;
    });
    expect(found.flatMap((v) => (v.finding ? [v.finding.id] : []))).toEqual(expected);
  });

  it.each<[string, number, number[]]>([
    ['in time', 0, []],
    // Prometheus extrapolates by half an interval only where the next sample is over 1.1 intervals
    // away.
    ['late by a third of an interval', 86, [9_900, 10_000]],
  ])(
    'a rate is compared with the truth unless a scrape at its end was late: %s',
    (_, lateMs, unknown) => {
      const plan = measuredPlan();
      const evidence = measuredEvidence(plan);
      const times = Array.from(
        { length: 80 },
        (_unused, i) => T0 + i * 250 + (i === 40 ? lateMs : 0),
      );
      evidence.series = [
        { labels: { __name__: 'up', job: 'node' }, samples: times.map((at) => [at, 1]) },
      ];
      plan.metrics.push({ ...plan.metrics[0]!, name: 'bytes', jobs: ['node'] });
      evidence.truth = [
        {
          metric: 'bytes',
          labels: {},
          kind: 'growing',
          known: 'x',
          lagMs: 0,
          points: [
            [T0, T0, 0],
            [T0, T0 + 20_000, 20_000],
          ],
        },
      ];
      const known = new Known(plan, evidence, T0);
      expect(
        [9_700, 9_900, 10_000, 12_000].filter(
          (ms) => known.rates('bytes', T0 + ms, 1_000) === undefined,
        ),
      ).toEqual(unknown);
    },
  );

  it.each([
    ['{{job}} {{ route }}', 'a /b'],
    ['', '{"job":"a","route":"/b"}'],
    ['__auto', '{"job":"a","route":"/b"}'],
    ['fixed', 'fixed'],
    ['{{missing}}', ''],
  ])('legend %s', (template, expected) =>
    expect(legendOf(template, { job: 'a', route: '/b' })).toBe(expected),
  );
});
