import { describe, expect, it } from 'vitest';
import { HEALTHY, judged } from './system.ts';

/** What is told, and what isn't judged, where an answer to each query comes with that. */
async function told(
  result: unknown[],
  said: object,
  path = '/api/v1/query',
): Promise<[string[], string[]]> {
  const body = { status: 'success', data: { resultType: 'vector', result }, ...said };
  const { findings, notJudged } = await judged({ instead: { [path]: body } });
  return [
    findings.map(({ id }) => id),
    notJudged.map(({ what, why }) => `${what}: ${why.replace('the answer is partial', 'partial')}`),
  ];
}

describe('an empty answer', () => {
  it.each([
    ['with a warning', { warnings: ['No StoreAPIs matched'] }, 'partial: No StoreAPIs matched'],
    ['that says to be partial', { isPartial: true }, 'partial'],
  ])('%s says nothing', async (_, said, why) =>
    expect(await told([], said)).toEqual([
      [],
      [`\`up{job="api"}\`: ${why}`, `Board / Up: ${why}`, `series of requests_total: ${why}`],
    ]),
  );

  it.each([
    ['without a warning', {}],
    ['with one of the query itself', { warnings: ['PromQL warning: a mix of histograms'] }],
  ])('%s is one', async (_, said) =>
    expect(await told([], said)).toEqual([
      ['live/selector-empty', 'live/panel-no-data', 'live/metric-missing'],
      [],
    ]),
  );

  it('of the last days is no quiet week', async () =>
    expect(await told([], { warnings: ['a store is down'] }, '/api/v1/query_range')).toEqual([
      [],
      ['the last days of Down: partial: a store is down'],
    ]));
});

it('a job that is missing in a partial answer isn’t judged, and what is too much is', async () => {
  const other = [{ metric: { job: 'web' }, value: [0, '1'] }];
  expect(await told(other, { warnings: ['a store is down'] })).toEqual([
    ['live/metric-foreign'],
    ['series of requests_total: partial: a store is down'],
  ]);
});

it('of a partial list of names nothing is unknown', async () => {
  const data = HEALTHY.names.filter((name) => name !== 'up');
  const body = { status: 'success', data, warnings: ['a store is down'] };
  const { findings, notJudged } = await judged({
    instead: { '/api/v1/label/__name__/values': body },
  });
  expect([findings, notJudged.map(({ what }) => what)]).toEqual([[], ['which metrics there are']]);
});
