import { describe, expect, it } from 'vitest';
import { demandAnswers } from '../../src/conform/answers.ts';
import { adviseService, judgeService } from '../../src/conform/index.ts';
import { notJudged } from '../../src/conform/not-judged.ts';
import type { AnsweredCount, ServiceEvidence } from '../../src/model/conform.ts';
import { conformExitCode } from '../../src/report/conform.ts';
import { EMPTY, PROMISE, RIGHT, after, line, scrape } from './seen.ts';

const judged = (seen: ServiceEvidence) => ({
  ids: judgeService(seen, PROMISE).map(({ id }) => id),
  advice: adviseService(seen, PROMISE).map(({ id }) => id),
  notJudged: notJudged(seen).map(({ what, why }) => `${what}: ${why}`),
});
const NOTHING = { ids: [], advice: [], notJudged: [] };
const counted = (counts: AnsweredCount[], seen = RIGHT): ServiceEvidence => ({
  ...seen,
  account: { ...seen.account, counts },
});

it('of a service that answers everything all is judged', () => {
  expect(judged(RIGHT)).toEqual(NOTHING);
});

describe('requests that nobody answered', () => {
  const some = [
    { route: 0, status: 200, count: 8 },
    { route: 0, status: 0, count: 2 },
  ];
  const lost = ["GET /a/{id}: 2 of 10 weren't answered"];

  it.each([8, 9, 10])('of ten, eight were answered, and %i were counted', (count) => {
    const seen = counted(some, after({ counts: line('/a/:id', '200', count), sum: 1500 }));
    expect(judged(seen)).toEqual({ ...NOTHING, notJudged: lost });
  });

  it('an answer that wasn’t counted is told all the same', () => {
    const seen = counted(some, after({ counts: line('/a/:id', '200', 7) }));
    expect(judged(seen)).toMatchObject({ ids: ['conform/count-differs'], notJudged: lost });
  });

  it('those that k6 didn’t come to are none that were answered', () => {
    expect(judged(counted([{ route: 0, status: 200, count: 9 }])).notJudged).toEqual([
      "GET /a/{id}: 1 of 10 weren't answered",
    ]);
  });

  it('a route that never answers beside one that does', () => {
    const routes = [...RIGHT.routes, { ...RIGHT.routes[0]!, template: '/b' }];
    expect(judged({ ...RIGHT, routes }).notJudged).toEqual(["GET /b: 10 of 10 weren't answered"]);
  });

  it('probes', () => {
    expect(judged({ ...RIGHT, probesAnswered: 0 }).notJudged).toEqual([
      "paths and ids that nobody knows: 2 of 2 weren't answered",
    ]);
  });

  it('where none was answered, nothing can be judged', () => {
    const account = { ...RIGHT.account, counts: [{ route: 0, status: 0, count: 10 }] };
    const asked = (): void =>
      demandAnswers('http://h/', RIGHT.routes, {
        ...account,
        lost: { late: 7, refused: 0, untrusted: 0, broken: 3 },
      });
    expect(asked).toThrow(
      'http://h/ answered none of 10 requests to GET /a/{id}: no answer in time (7), the connection broke off (3)',
    );
    expect(() => demandAnswers('http://h/', RIGHT.routes, RIGHT.account)).not.toThrow();
  });
});

describe('a service that began anew', () => {
  const began = (at: number | undefined, told = scrape()) => ({
    ...told,
    samples: [
      ...told.samples,
      ...(at === undefined ? [] : [{ name: 'process_start_time_seconds', labels: {}, value: at }]),
    ],
  });
  const more = scrape({ counts: line('/a/:id', '200', 500), buckets: [8, 500, 500] });
  const seen = (first: number | undefined, then: number | undefined): ServiceEvidence => ({
    ...RIGHT,
    before: [[began(first, more)], [began(first, more)]],
    after: [[began(then)], [began(then)]],
    probed: [[began(then)]],
  });

  it('while it was asked: nothing is said about what it counted', () => {
    expect(judged(seen(100, 130))).toEqual({
      ...NOTHING,
      notJudged: [
        expect.stringContaining('(process_start_time_seconds was 100, and then 130)') as string,
      ],
    });
  });

  it.each([
    [100, 100],
    [100, 101],
    [undefined, undefined],
  ])('a counter that falls while the process lives (%s, %s) is told', (first, then) => {
    expect(judged(seen(first, then))).toEqual({ ...NOTHING, ids: ['conform/counter-reset'] });
  });

  it('between two rounds at rest, it isn’t taken for workers', () => {
    const anew = { ...RIGHT, after: [[began(1)], [began(9, EMPTY)]], probed: [] };
    expect(judged(anew)).toMatchObject({ ids: [], notJudged: [expect.any(String)] });
  });

  it('workers that began one after the other are none that began anew', () => {
    const rounds = [[began(1), began(9, EMPTY)], [began(9, EMPTY)]];
    const workers = { ...RIGHT, before: rounds, after: rounds, probed: rounds };
    expect(judged(workers)).toMatchObject({
      ids: ['conform/workers-not-added-up'],
      notJudged: [],
    });
  });
});

it.each([
  [0, 0, 0],
  [0, 1, 2],
  [1, 0, 1],
  [1, 1, 1],
])('%i findings and %i things not judged end with %i', (wrong, open, exitCode) => {
  const findings = judgeService(after({ open: 3 }), PROMISE).slice(0, wrong);
  const unknown = notJudged({ ...RIGHT, probesAnswered: 0 }).slice(0, open);
  expect(conformExitCode({ findings, notJudged: unknown })).toBe(exitCode);
});
