import { describe, expect, it } from 'vitest';
import type { PrometheusApi } from '../../src/lib/prometheus-api.ts';
import type { GroupHealth } from '../../src/model/evidence.ts';
import type { Series } from '../../src/model/series.ts';
import { seenUntil } from '../../src/replay/clock.ts';
import { scrapesIn } from '../../src/replay/in-flight.ts';
import { ruleGroupsIn } from '../../src/replay/rules.ts';

const TARGET = { job: 'a', instance: 'a:1' };
const text = `groups:
  - name: g
    rules:
      - { alert: Down, expr: up == 0 }
`;
const [group] = ruleGroupsIn([{ path: 'prometheus/rules.yml', text }]);
const health: GroupHealth = {
  file: '/etc/prometheus/rules.yml',
  name: 'g',
  intervalMs: 500,
  evaluationAt: 1_000,
  iterationsMissed: 0,
  lastDurationMs: 1,
  evaluations: [1_000, 1_500, 2_000, 2_500],
};
/** The target is up but for one scrape, which fails after 300 ms. */
const UP: [at: number, up: number, durationSeconds: number][] = [
  [900, 1, 0.01],
  [1_400, 0, 0.3],
  [1_900, 1, 0.01],
  [2_400, 1, 0.01],
];
const series: Series[] = [
  { labels: { __name__: 'up', ...TARGET }, samples: UP.map(([at, up]) => [at, up]) },
  {
    labels: { __name__: 'scrape_duration_seconds', ...TARGET },
    samples: UP.map(([at, , seconds]) => [at, seconds]),
  },
];

/** A Prometheus with these samples, which was seen to begin evaluations at these times. */
function prometheus(begun: number[]): PrometheusApi {
  const isDown = (query: string, at: number): boolean => {
    // Where a scrape is in flight the target is looked up as it was before.
    const before = / @ ([\d.]+)/.exec(query)?.[1];
    const moment = before === undefined ? at : Number(before) * 1_000;
    return UP.findLast(([from]) => from <= moment)?.[1] === 0;
  };
  return {
    window: () =>
      Promise.resolve([{ labels: {}, samples: begun.map((at) => [at + 100, at / 1_000]) }]),
    instant: (query: string, at: number) =>
      Promise.resolve(isDown(query, at) ? [{ labels: { ...TARGET }, value: 0 }] : []),
    range: (query: string, from: number, to: number, step: number) => {
      const times = Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step);
      const samples = times.filter((at) => isDown(query, at)).map((at) => [at, 0]);
      return Promise.resolve([{ labels: { ...TARGET }, samples }]);
    },
  } as unknown as PrometheusApi;
}

const alerts = (...at: number[]): Series[] => [
  {
    labels: { __name__: 'ALERTS', alertname: 'Down', alertstate: 'firing', ...TARGET },
    samples: at.map((one) => [one, 1]),
  },
];

async function seenAt1500(begun: number[], states: Series[]): Promise<number | undefined> {
  if (!group) throw new Error('no group');
  const recorded = { health, group, scrapes: scrapesIn(series), states };
  const seen = await seenUntil(prometheus(begun), recorded, new AbortController().signal);
  expect(seen.get(1_000)).toBe(1_000);
  return seen.get(1_500);
}

describe('an evaluation at which a scrape is under way', () => {
  it('saw what had ended when it began, by the clock of its Prometheus', async () => {
    expect(await seenAt1500([1_000, 1_501, 2_000], alerts())).toBe(1_501);
    expect(await seenAt1500([1_000, 1_702, 2_000], alerts(1_500))).toBe(1_702);
  });

  it('that nobody saw begin, saw what its own states tell', async () => {
    expect(await seenAt1500([1_000, 2_000], alerts())).toBe(1_500);
    expect(await seenAt1500([1_000, 2_000], alerts(1_500))).toBe(1_700);
  });

  it('may have seen a little more or less than the clock says', async () => {
    expect(await seenAt1500([1_000, 1_690, 2_000], alerts(1_500))).toBe(1_700);
    expect(await seenAt1500([1_000, 1_710, 2_000], alerts())).toBeCloseTo(1_700, 2);
  });

  it('is not bent to states that no moment explains', async () => {
    expect(await seenAt1500([1_000, 1_501, 2_000], alerts(1_500))).toBe(1_501);
    // Clocks are not as far off as that.
    expect(await seenAt1500([1_000, 1_640, 2_000], alerts(1_500))).toBe(1_640);
  });
});
