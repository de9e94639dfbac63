import { describe, expect, it } from 'vitest';
import type { Series } from '../../src/model/series.ts';
import { answersOver, storageOver } from '../../src/replay/index.ts';

const series = (name: string, job: string, ...values: number[]): Series => ({
  labels: { __name__: name, job },
  samples: values.map((value, i) => [i * 1_000, value]),
});
const over = (...all: Series[]): ReturnType<typeof storageOver> => storageOver(all, 2_500);
const recorded = over(series('x', 'a', 1, 2, 3), series('x', 'b', 5, 5, 5));
const others = over(series('x', 'a', 10, 20, 30), series('x', 'b', 5, 5, 5));
const QUERY = 'sum(x)';
const answered: Series[] = [
  {
    labels: {},
    samples: [
      [0, 6],
      [1_000, 7],
      [2_000, 99],
    ],
  },
];

describe('what a query would have answered over other samples', () => {
  it('is computed where the recorded samples give the answer again, and stays elsewhere', () =>
    expect(answersOver(QUERY, answered, recorded, others)).toEqual([
      {
        labels: {},
        samples: [
          [0, 15],
          [1_000, 25],
          [2_000, 99],
        ],
      },
    ]));

  it('is not known where no moment gives it again, nor of what isn’t understood', () => {
    expect(answersOver('sum(x) * 2', answered, recorded, others)).toBeUndefined();
    expect(answersOver('sum(', answered, recorded, others)).toBeUndefined();
    expect(answersOver('sum(x @ unknown())', answered, recorded, others)).toBeUndefined();
  });
});

describe('recorded samples as a source', () => {
  it('a sample is seen until it is older than the lookback', () => {
    const answer = (tMs: number, value: number): Series[] => [
      { labels: { __name__: 'x', job: 'a' }, samples: [[tMs, value]] },
    ];
    const at = (tMs: number): Series[] | undefined =>
      answersOver('x{job="a"}', answer(tMs, 3), recorded, others);
    expect([at(4_499), at(4_500)]).toEqual([answer(4_499, 30), undefined]);
  });

  it('ranges begin after their first moment', () => {
    const answer = (value: number): Series[] => [
      { labels: { job: 'a' }, samples: [[2_000, value]] },
    ];
    expect(answersOver('count_over_time(x{job="a"}[2s])', answer(2), recorded, others)).toEqual(
      answer(2),
    );
  });
});
