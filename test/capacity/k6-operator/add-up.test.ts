import { describe, expect, it } from 'vitest';
import { bucketOf, BUCKETS } from '../../../scenarios/lib/buckets.ts';
import { accountsIn } from '../../../src/capacity/k6-operator/accounts.ts';
import { NotOneLoad, addUp } from '../../../src/capacity/k6-operator/add-up.ts';
import type { PartAccount, RouteCount } from '../../../src/model/distributed.ts';

const count = (status: string, n: number): RouteCount => ({
  service: 'backend',
  method: 'GET',
  name: '/api/events',
  status,
  count: n,
});

/** A part whose answers took so long each, ms. */
function part(
  segment: string,
  latenciesMs: number[],
  over: Partial<PartAccount> = {},
): PartAccount {
  const counts: Record<string, number> = {};
  for (const ms of latenciesMs)
    counts[String(bucketOf(ms))] = (counts[String(bucketOf(ms))] ?? 0) + 1;
  const n = latenciesMs.length;
  return {
    schemaVersion: 1,
    run: 'r',
    segment,
    sequence: '0,1/2,1',
    startedAtMs: 1_000,
    sent: n,
    ended: n,
    dropped: 0,
    counts: [count('200', n)],
    latency: { ...BUCKETS, counts },
    ...over,
  };
}
const reasonsOf = (parts: PartAccount[]): string[] => {
  try {
    addUp(parts);
  } catch (error) {
    if (error instanceof NotOneLoad) return error.reasons;
    throw error;
  }
  return [];
};

describe('the whole', () => {
  it('has the counts of its parts, and knows when they are exact', () => {
    const whole = addUp([
      part('1/2:1', [5, 6, 7], { startedAtMs: 1_250, counts: [count('200', 2), count('503', 1)] }),
      part('0:1/2', [5, 6]),
    ]);
    expect(whole).toMatchObject({
      sent: 5,
      ended: 5,
      exact: true,
      doubts: [],
      startSpreadMs: 250,
      counts: [count('200', 4), count('503', 1)],
    });
  });

  it('has the quantiles of all answers together, to within one bucket, where a mean of quantiles is far off', () => {
    const [fast, slow] = [
      Array.from({ length: 900 }, (_, n) => 2 + n / 100),
      Array.from({ length: 100 }, (_, n) => 500 + n),
    ];
    const all = [...fast, ...slow].sort((a, b) => a - b);
    for (const { quantile, overMs, atMostMs } of addUp([part('0:1/2', fast), part('1/2:1', slow)])
      .quantiles) {
      const truth = all[Math.ceil(quantile * all.length) - 1] ?? 0;
      expect(truth).toBeGreaterThan(overMs);
      expect(truth).toBeLessThanOrEqual(atMostMs ?? Infinity);
      if (overMs > 1) expect((atMostMs ?? 0) / overMs).toBeLessThan(1.1);
    }
    const median = (of: number[]): number => of[Math.ceil(of.length / 2) - 1] ?? 0;
    expect((median(fast) + median(slow)) / 2).toBeGreaterThan(20 * median(all));
  });

  it.each([
    ['what was cut off', { sent: 3 }, /5 were sent and 4 ended/],
    ['what got no answer', { counts: [count('200', 1), count('0', 1)] }, /1 got no answer/],
    ['what was counted nowhere', { counts: [count('200', 1)] }, /4 ended and 3 were counted/],
  ])('is a bracket for %s', (_, over, doubt) => {
    const whole = addUp([part('0:1/2', [5, 6]), part('1/2:1', [5, 6], over)]);
    expect(whole.exact).toBe(false);
    expect(whole.doubts).toEqual([expect.stringMatching(doubt)]);
  });

  it('tells when the generators were the limit', () => {
    expect(addUp([part('0:1/2', [5, 6]), part('1/2:1', [5], { dropped: 1 })])).toMatchObject({
      exact: true,
      doubts: [expect.stringMatching(/1 were never sent/)],
    });
  });
});

it('refuses what is not one load, with all reasons', () => {
  expect(reasonsOf([])).toEqual(['there is no account']);
  expect(reasonsOf([part('0:1/2', [5])])).toEqual(['the account of 1/2:1 is missing']);
  expect(reasonsOf([part('0:1/2', [5]), part('0:1/2', [5]), part('1/2:1', [5])])).toEqual([
    'the account of 0:1/2 is there 2 times',
  ]);
  expect(reasonsOf([part('0:1/2', [5]), part('1/2:1', [5], { run: 'x' })])).toEqual([
    'run x is another one than r',
  ]);
  expect(
    reasonsOf([part('0:1/2', [5]), part('1/3:2/3', [5], { sequence: '0,1/3,2/3,1' })]),
  ).toEqual([
    '1/3:2/3 is a part of 0,1/3,2/3,1, and 0:1/2 of 0,1/2,1',
    'the account of 1/2:1 is missing',
  ]);
});

describe('accounts', () => {
  const line = `PART ${JSON.stringify(part('0:1/2', [5]))}`;
  it('are found among the other lines of a log, with whatever stands before them', () => {
    expect(accountsIn('a.log', `running (00m02s)\n${line}\n[pod/gtv-1/k6] ${line}\n`)).toEqual(
      Array.from({ length: 2 }, () => ({ account: part('0:1/2', [5]) })),
    );
    expect(accountsIn('a.json', line.slice('PART '.length))).toHaveLength(1);
    expect(accountsIn('a.log', 'nothing of it')).toEqual([]);
  });
  it('that are cut off or from another version are told with their line', () => {
    expect(accountsIn('a.log', `\n${line.slice(0, 80)}`)).toEqual([
      { file: 'a.log', line: 2, wrong: 'the line is cut off or is no JSON' },
    ]);
    expect(accountsIn('a.log', line.replace('"schemaVersion":1', '"schemaVersion":2'))).toEqual([
      { file: 'a.log', line: 1, wrong: expect.stringContaining('schemaVersion') as string },
    ]);
  });
});

it('puts each duration into the first bucket that is wide enough', () => {
  const edge = (bucket: number): number => BUCKETS.firstMs * 2 ** (bucket / BUCKETS.perDoubling);
  for (const ms of [0, 0.3, 1, 1.01, 1.09, 2, 17, 999.9, 1_000, 65_000]) {
    const bucket = bucketOf(ms);
    expect(ms).toBeLessThanOrEqual(edge(bucket) * (1 + 1e-9));
    if (bucket > 0) expect(ms).toBeGreaterThan(edge(bucket - 1) * (1 - 1e-9));
  }
  expect(bucketOf(80_000)).toBe(BUCKETS.last);
});
