import { describe, expect, it } from 'vitest';
import { FILES, HEALTHY, judged } from './system.ts';

/** What is told of a metric of one type, of which so many series stand under these names. */
async function told(type: string, series: Record<string, number>): Promise<string[]> {
  const [rules] = FILES;
  const contract = {
    path: 'contract.yaml',
    text: `version: 1\njobs: {api: {}}\nmetrics: {m: {type: ${type}, jobs: [api], series: 2}}\nalerts: {}\n`,
  };
  // As the engine does: an `or` of names takes those of the first that has any.
  const counts = Object.fromEntries(
    ['m', 'm_count', 'm_count or m'].map((names) => {
      const first = names.split(' or ').find((name) => series[name] !== undefined) ?? '';
      const value = [0, String(series[first])];
      const found = series[first] === undefined ? [] : [{ metric: { job: 'api' }, value }];
      return [`count by (job) (${names})`, found];
    }),
  );
  const instant = { ...HEALTHY.instant, ...counts };
  const { findings } = await judged({ instant }, rules ? [rules, contract] : []);
  return findings.map(({ id }) => id);
}

describe('what is promised of', () => {
  it.each([
    ['a gauge', 'gauge', { m: 2 }],
    ['a histogram', 'histogram', { m_count: 2, m_bucket: 22 }],
    ['a native histogram', 'histogram', { m: 2 }],
    ['a summary', 'summary', { m: 6, m_count: 2 }],
    ['a summary without quantiles', 'summary', { m_count: 2 }],
  ])('%s is there', async (_, type, series) => expect(await told(type, series)).toEqual([]));

  it.each([
    ['a gauge', 'gauge'],
    ['a histogram', 'histogram'],
    ['a summary', 'summary'],
  ])('%s is missing', async (_, type) =>
    expect(await told(type, {})).toEqual(['live/metric-missing']),
  );

  it('a summary has more series than are promised by its labels alone', async () =>
    expect(await told('summary', { m: 9, m_count: 3 })).toEqual(['live/too-many-series']));
});
