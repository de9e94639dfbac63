import { expect, it } from 'vitest';
import type { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import type { Series } from '../../src/model/series.ts';
import { emptyEvidence } from '../../src/run/inside/empty-evidence.ts';
import { recordInterrupted, recordPrometheus } from '../../src/run/inside/record.ts';
import { samplePlan } from '../report/samples.ts';

const series = (name: string): Series => ({ labels: { name }, samples: [[1, 1]] });

/** A Prometheus that knows this; undefined: it is gone. */
function prometheus(known: Series[] | undefined): PrometheusApi {
  const answer = (value: unknown) => () =>
    known ? Promise.resolve(value) : Promise.reject(new Error('gone'));
  return {
    ...{ raw: answer(known), range: answer([]), instant: answer([]), groups: answer([]) },
    ...{ metadata: answer([]), labelValues: answer([]) },
  } as unknown as PrometheusApi;
}

it.each<[string, Series[], Series[] | undefined, number | undefined, string[]]>([
  ['nothing was recorded yet', [], [series('now')], undefined, ['now']],
  ['nothing can be had', [], undefined, undefined, []],
  ['it was recorded', [series('before')], [series('now')], undefined, ['before']],
  ['the clock was stepped', [series('before')], [series('now')], 9_000, ['now']],
  ['stepped, after its Prometheus was stopped', [series('before')], undefined, 9_000, ['before']],
])('what is kept of a run that ended early: %s', async (_, before, known, steppedAt, kept) => {
  const request = { runId: 'x', versions: {}, notJudged: [] };
  const evidence = { ...emptyEvidence(request), series: before, queryErrors: [] };
  await recordInterrupted(prometheus(known), samplePlan(), evidence, steppedAt);
  expect([...new Set(evidence.series.map(({ labels }) => labels['name']))]).toEqual(kept);
  expect(evidence.queryErrors.length > 0).toBe(kept.length === 0);
});

it('whatever a recorded evaluation wrote is among the recorded states', async () => {
  const asked: string[] = [];
  const ask = (what: string) => (query?: string) => {
    asked.push(query ?? what);
    return Promise.resolve([]);
  };
  const api = Object.fromEntries(
    ['raw', 'range', 'instant', 'groups', 'metadata', 'labelValues'].map((name) => [
      name,
      ask(name),
    ]),
  ) as unknown as PrometheusApi;
  await recordPrometheus(api, samplePlan(), { fromMs: 0, toMs: undefined, t0: 1_000 });
  expect(asked.lastIndexOf('ALERTS')).toBeGreaterThan(asked.indexOf('groups'));
  expect(asked.at(-1)).toBe('scrape_duration_seconds');
});
