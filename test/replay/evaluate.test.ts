import { describe, expect, it } from 'vitest';
import { Refused } from '../../src/lib/http.ts';
import type { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import type { Evaluation } from '../../src/replay/alert-states.ts';
import { seenUntil } from '../../src/replay/clock.ts';
import { evaluateAlert } from '../../src/replay/evaluate.ts';
import { Recordings } from '../../src/replay/recordings.ts';
import { ruleGroupsIn } from '../../src/replay/rules.ts';

const text = `groups:
  - name: g
    rules:
      - { record: twice, expr: up * 2 }
      - { alert: A, expr: twice == 0 }
`;
const [group] = ruleGroupsIn([{ path: 'prometheus/rules.yml', text }]);
const alert = group?.rules.find((rule) => rule.kind === 'alert');
if (!group || !alert) throw new Error('no rule');
const { signal } = new AbortController();
const evaluations = [1_000, 2_000];
const seen = new Map<number, number>();
const times = { evaluations, intervalMs: 1_000, scrapes: [], seen };
const health = {
  ...{ file: '/etc/prometheus/rules.yml', name: 'g', intervalMs: 1_000, evaluationAt: 1_000 },
  ...{ iterationsMissed: 0, lastDurationMs: 1, evaluations },
};

/** A Prometheus that fails in this way. */
function failing(error: Error): PrometheusApi {
  const fails = (): Promise<never> => Promise.reject(error);
  return { ...{ instant: fails, range: fails }, window: () => Promise.resolve([]) } as never;
}

const asWritten = (api: PrometheusApi): Promise<Evaluation[]> =>
  evaluateAlert(api, alert, group, { ...times, expressionAt: null }, signal);
const eachOfItsOwn = (api: PrometheusApi): Promise<Evaluation[]> =>
  evaluateAlert(
    api,
    alert,
    group,
    { ...times, expressionAt: () => Promise.resolve('twice') },
    signal,
  );
const ofWhatIsRecorded = (api: PrometheusApi): Promise<string> => {
  const timetable = { healths: [health], seen: new Map(), scrapes: [], lookbackMs: 5_000 };
  return new Recordings(api, [group], new Set(['twice']), timetable).expressionAt(
    alert,
    group,
    1_000,
  );
};
const clock = (api: PrometheusApi): Promise<unknown> =>
  seenUntil(api, { health, group, scrapes: [], states: [] }, signal);

const WAYS: [string, (api: PrometheusApi) => Promise<unknown>][] = [
  ['as it is written', asWritten],
  ['with an expression for each time', eachOfItsOwn],
  ['of what would have been recorded', ofWhatIsRecorded],
  ['by which the clock is told', clock],
];

describe.each(WAYS)('an evaluation %s', (_, evaluated) => {
  it.each([
    ['is gone', new TypeError('fetch failed')],
    ['took too long', new Error("it didn't answer within 30.0 s")],
    ['gave the query up', new Refused('query timed out in expression evaluation', 503)],
    ['is at fault', new Refused('storage', 500)],
  ])('throws where Prometheus %s', async (_why, error) => {
    await expect(evaluated(failing(error))).rejects.toBe(error);
  });

  it.each([400, 422])('goes on where Prometheus refuses the query: %d', async (status) => {
    await expect(evaluated(failing(new Refused('many-to-many', status)))).resolves.toBeDefined();
  });
});

it.each([asWritten, eachOfItsOwn])('a refused query gives no result', async (evaluated) => {
  const found = await evaluated(failing(new Refused('many-to-many', 422)));
  expect(found.map(({ results }) => results)).toEqual([null, null]);
});

it('a recording rule whose query is refused has written nothing', async () =>
  expect(await ofWhatIsRecorded(failing(new Refused('many-to-many', 422)))).toBe(
    '(vector(0) > 0) == 0',
  ));
