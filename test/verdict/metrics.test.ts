import { describe, expect, it } from 'vitest';
import { subjectId } from '../../src/model/expectation.ts';
import type { Outcome } from '../../src/model/verdict.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Plan } from '../../src/model/plan.ts';
import { judgeMetrics } from '../../src/verdict/metrics/index.ts';
import { bucketOf, bucketsFor } from '../../src/verdict/buckets.ts';
import { between, valuesAt } from '../../src/verdict/known-values.ts';
import { measuredEvidence, measuredPlan } from '../support/measured.ts';
import { T0 } from '../support/perfect.ts';
import { aboutOf, wordsOf } from '../support/expectations.ts';
import { CAMERAS, REQUESTS, judgedMetrics, named } from './worlds/metrics.ts';
import { foundIn } from './worlds/world.ts';

/** All findings after a change to a world in which everything agrees, each behind what it is of. */
const findings = (change: (evidence: Evidence, plan: Plan) => void): string[] =>
  foundIn(judgedMetrics(change));

describe('metrics', () => {
  it('pass when everything agrees, with the figures', () => {
    const plan = measuredPlan();
    const verdicts = judgeMetrics(plan, measuredEvidence(plan));
    expect(verdicts.map((v) => v.outcome)).toEqual(verdicts.map(() => 'pass'));
    expect(
      verdicts.find((v) => aboutOf(v) === REQUESTS && wordsOf(v) === "equals k6's counts")
        ?.measured,
    ).toBe('1000 requests, 3 route and status pairs');
    expect(
      verdicts.find((v) => aboutOf(v) === CAMERAS && wordsOf(v) === 'equals k6')?.measured,
    ).toBe('80 samples, 2 values');
  });

  it.each<[string, (e: Evidence) => void]>([
    [
      'k6 left no account',
      (e) => {
        e.k6 = null;
      },
    ],
    [
      'Prometheus refused the query',
      (e) => {
        e.queryErrors.push({ query: 'http_requests_total', error: 'timeout' });
      },
    ],
    [
      'the run was interrupted',
      (e) => {
        e.interruption = { at: T0 + 9_000, reason: 'interrupted', detail: 'SIGINT' };
      },
    ],
    [
      'too few samples',
      (e) => {
        for (const s of e.metrics) s.samples.splice(0, 76);
      },
    ],
  ])('never pass and never fail when %s', (_, change) => {
    const plan = measuredPlan();
    const evidence = measuredEvidence(plan);
    change(evidence);
    const verdicts = judgeMetrics(plan, evidence).filter((v) => v.outcome !== 'pass');
    expect(verdicts.length).toBeGreaterThan(0);
    expect(new Set(verdicts.map((v) => `${v.outcome} ${v.finding?.id ?? ''}`))).toEqual(
      new Set(['inconclusive could-not-judge']),
    );
  });

  it('judge a sample by the end of its scrape, and one whose end nobody knows by the interval', () => {
    // The change comes 200 ms after the scrape began.
    const late = (e: Evidence): void => {
      e.truth[0]!.points.push([T0 + 15_200, T0 + 15_210, 3]);
      for (const s of named(e, 'gtvision_cameras_offline'))
        for (const sample of s.samples) if (sample[0] >= T0 + 15_000) sample[1] = 3;
    };
    expect(findings(late)).toEqual([`${CAMERAS} value-differs`]);
    expect(
      findings((e) => {
        late(e);
        for (const s of e.series) s.samples = s.samples.filter(([at]) => at !== T0 + 15_000);
      }),
    ).toEqual([]);
  });

  it('are one of all that somebody knows of a metric, and the worst of them', () => {
    const twice = (of: (value: number) => number): Outcome[] => {
      const plan = measuredPlan();
      const evidence = measuredEvidence(plan);
      const truth = evidence.truth.find(({ metric }) => metric === 'gtvision_cameras_offline')!;
      const points = truth.points.map(([from, to, value]): (typeof truth.points)[number] => [
        from,
        to,
        of(value),
      ]);
      evidence.truth.push({ ...truth, points });
      return judgeMetrics(plan, evidence)
        .filter(
          ({ expectation: { kind, subject } }) =>
            kind === 'equals-truth' && subjectId(subject).includes('cameras_offline'),
        )
        .map(({ outcome }) => outcome);
    };
    expect(twice((value) => value)).toEqual(['pass']);
    expect(twice((value) => value + 1)).toEqual(['fail']);
  });

  it('bracket the counts of a life that was cut off', () => {
    const cut =
      (scraped: number, lastMs = 11_900) =>
      (e: Evidence, p: Plan): void => {
        e.series = e.series.filter(({ labels }) => labels['__name__'] !== 'up');
        e.series.push({
          labels: { __name__: 'up', job: 'backend' },
          samples: [
            [T0 + 9_000, 1],
            [T0 + lastMs, 1],
            [T0 + 12_250, 0],
          ],
        });
        p.metrics = p.metrics.slice(0, 1);
        p.load.spans = {
          backend: [
            { name: 'life 1', untilMs: 10_000, exact: true },
            { name: 'end of life 1', untilMs: 15_000, exact: false },
            { name: 'life 2', untilMs: 20_000, exact: true },
          ],
        };
        const one = (span: string, n: number): NonNullable<Evidence['k6']>['counts'][number] => ({
          service: 'backend',
          span,
          method: 'GET',
          name: '/api/events',
          status: '200',
          count: n,
        });
        e.k6!.counts = [one('life 1', 100), one('end of life 1', 10), one('life 2', 50)];
        e.timeline = [
          {
            step: 'x/outage',
            signal: 'component.backend',
            level: 0,
            plannedAt: T0 + 12_000,
            at: T0 + 12_000,
            doneAt: T0 + 12_300,
          },
          {
            step: 'x/return',
            signal: 'component.backend',
            level: 1,
            plannedAt: T0 + 16_000,
            at: T0 + 16_000,
            doneAt: T0 + 16_000,
          },
        ];
        e.metrics = [
          {
            labels: {
              __name__: 'http_requests_total',
              job: 'backend',
              method: 'GET',
              endpoint: '/api/events',
              status: '200',
            }, // Scraped while it was being stopped.
            samples: [
              [T0 + 12_100, scraped],
              [T0 + 17_000, 20],
              [T0 + 19_900, 50],
            ],
          },
        ];
      };
    for (const scraped of [100, 105, 110]) expect(findings(cut(scraped))).toEqual([]);
    for (const scraped of [99, 111])
      expect(findings(cut(scraped))).toEqual([`${REQUESTS} count-differs`]);
    // Where Prometheus didn't look at the service in its last moments, too few are nobody's fault.
    expect(findings(cut(99, 10_500))).toEqual([`${REQUESTS} could-not-judge`]);
    expect(findings(cut(111, 10_500))).toEqual([`${REQUESTS} count-differs`]);
  });

  it('count what got no answer as counted or not', () => {
    const unanswered =
      (seen: number) =>
      (e: Evidence): void => {
        e.k6!.counts[0]!.count = 598;
        e.k6!.counts.push({ ...e.k6!.counts[0]!, status: '0', count: 2 });
        named(e, 'http_requests_total')[0]!.samples.at(-1)![1] = seen;
      };
    for (const seen of [598, 600]) expect(findings(unanswered(seen))).toEqual([]);
    expect(findings(unanswered(597))).toEqual([`${REQUESTS} count-differs`]);
  });
});

describe('a truth', () => {
  const truth = {
    metric: 'm',
    labels: {},
    kind: 'level' as const,
    known: 'x',
    lagMs: 0,
    points: [
      [0, 10, 5],
      [100, 110, 9],
      [200, 210, 2],
    ] as [number, number, number][],
  };
  it.each([
    [5, 8, undefined],
    [20, 30, [5, 5]],
    [90, 95, [5, 5]],
    [90, 105, [5, 9]],
    [105, 120, [5, 9]],
    [120, 130, [9, 9]],
    [105, 205, [2, 9]],
    [300, 310, [2, 2]],
  ])('between %i and %i allows %o', (from, to, expected) =>
    expect(between(truth, from, to)).toEqual(expected),
  );
});

it('a truth that is looked up now and then is known where it stood still', () => {
  const truth = {
    metric: 'm',
    labels: {},
    kind: 'level' as const,
    known: 'x',
    lagMs: 50,
    points: [
      [0, 10, 5],
      [200, 210, 9],
    ] as [number, number, number][],
  };
  expect([
    valuesAt(truth, 100, 110),
    valuesAt(truth, 100, 160),
    valuesAt(truth, 250, 260),
    valuesAt(truth, 270, 280),
  ]).toEqual([[5, 5], undefined, undefined, [9, 9]]);
});

describe('buckets', () => {
  const edges = [0.1, 0.25, 0.5, 1, Infinity];
  it.each([
    [0.05, [0, 0.1]],
    [0.1, [0, 0.1]],
    [0.17, [0.1, 0.25]],
    [2, [1, Infinity]],
  ])('%d s falls into %o', (value, expected) => expect(bucketOf(edges, value)).toEqual(expected));
  it.each([
    [0.17, 0.18, [0.1, 0.25]],
    [0.17, 0.26, [0.1, 0.5]],
    [0, 0.003, [0, 0.1]],
    [0.9, 0.9, [0.5, 1]],
    [0.1005, 0.2, [0, 0.25]],
  ])('asked for %d s and waited %d s allows %o', (asked, waited, expected) =>
    expect(bucketsFor(edges, asked, waited)).toEqual(expected),
  );
});

describe('a number of connections that is one too high for a moment', () => {
  /** So many samples are one too high, after a scrape that took so long, seconds. */
  const found = (seconds: number, wrong = 3): string[] =>
    findings((evidence) => {
      const { samples } = named(evidence, 'gtvision_cameras_offline')[0]!;
      const [at] = samples[20]!;
      for (let i = 20; i < 20 + wrong; i++) samples[i]![1]++;
      evidence.truth.find(({ metric }) => metric === 'gtvision_cameras_offline')!.lagMs = 500;
      const labels = { job: 'backend', instance: 'backend:8000' };
      const add = (name: string, of: number): void =>
        void evidence.series.push({
          labels: { __name__: name, ...labels },
          samples: [[at - 250, of]],
        });
      add('up', seconds < 0.1 ? 1 : 0);
      add('scrape_duration_seconds', seconds);
    });

  it('is the connection that Prometheus gave up after a scrape that failed', () =>
    expect(found(0.167)).toEqual([]));
  it('but not after one that was quick', () =>
    expect(found(0.004)).toEqual([`${CAMERAS} value-differs`]));
  it('and not where a busy service may have noted it late', () =>
    expect(found(0.004, 2)).toEqual([]));
});
