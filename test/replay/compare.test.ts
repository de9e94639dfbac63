import { describe, expect, it } from 'vitest';
import type { GroupHealth } from '../../src/model/evidence.ts';
import type { Push } from '../../src/model/notification.ts';
import type { Series } from '../../src/model/series.ts';
import { compareStates } from '../../src/replay/compare.ts';
import type { Comparison, RecordedStates } from '../../src/replay/compare.ts';
import { ruleGroupsIn } from '../../src/replay/rules.ts';

const RULES = ruleGroupsIn([
  {
    path: 'prometheus/rules.yml',
    text: 'groups: [{ name: g, rules: [{ alert: A, expr: x }, { alert: B, expr: y }] }]',
  },
]);
const T0 = 1_000;
const health: GroupHealth = {
  ...{ file: '/etc/prometheus/rules.yml', name: 'g', intervalMs: 1_000, evaluationAt: T0 },
  ...{ iterationsMissed: 0, lastDurationMs: 1, evaluations: [1_000, 2_000, 3_000, 4_000] },
};
const UP: Series = { labels: { __name__: 'up' }, samples: [900, 4_010].map((at) => [at, 1]) };
const PUSH: Push = {
  at: 2_001,
  alerts: [{ labels: { alertname: 'A' }, annotations: {}, startsAt: 2_000, endsAt: 9_000 }],
};

const firing = (alertname: string, ...at: number[]): Series => ({
  labels: { __name__: 'ALERTS', alertname, alertstate: 'firing' },
  samples: at.map((one) => [one, 1]),
});

/** What comes of it for each alert: `exact`, moments, or why nothing. */
function told(
  recorded: Series[],
  replayed: Series[],
  change: Partial<RecordedStates> = {},
): Record<string, unknown> {
  const evidence: RecordedStates = {
    ...{ groups: [health], series: [UP, ...recorded], pushes: [], notifications: [] },
    ...{ queryErrors: [], ...change },
  };
  const shown = ({ unknown, differing }: Comparison): unknown =>
    unknown ?? (differing.length === 0 ? 'exact' : differing.map(({ at }) => at));
  const all = compareStates(RULES, evidence, { series: replayed, unknown: [] }, T0);
  return Object.fromEntries(all.map((one) => [one.alert, shown(one)]));
}

describe('the states of a run’s own rules', () => {
  it('are exact where all are as they were recorded', () =>
    expect(told([firing('A', 2_000, 3_000)], [firing('A', 2_000, 3_000)])).toEqual({
      A: 'exact',
      B: 'exact',
    }));

  it('are compared where nothing was recorded: nothing fired, so nothing may', () => {
    expect(told([], [])).toEqual({ A: 'exact', B: 'exact' });
    expect(told([], [firing('A', 3_000)])).toEqual({ A: [3_000], B: 'exact' });
  });

  it('are compared to the last evaluation, and not to the last state', () => {
    const [was, is] = [firing('A', 2_000), firing('A', 2_000, 3_000, 4_000)];
    expect(told([was], [is])).toEqual({ A: [3_000, 4_000], B: 'exact' });
    expect(told([was], [was, firing('B', 4_000)])).toEqual({ A: 'exact', B: [4_000] });
  });

  it('are not compared from the last sample on that was recorded with them', () => {
    const until = { ...UP, samples: UP.samples.map(([at]): [number, number] => [at - 1_000, 1]) };
    expect(told([], [firing('A', 4_000)], { series: [until] })).toMatchObject({ A: 'exact' });
  });

  it('can’t be known where no evaluation was recorded', () => {
    const none = { A: 'the run recorded no evaluation of its group g after T0' };
    expect(told([], [], { groups: [] })).toMatchObject(none);
    expect(told([], [], { groups: [{ ...health, evaluations: [] }] })).toMatchObject(none);
    expect(told([], [], { groups: [{ ...health, evaluations: [500] }] })).toMatchObject(none);
    expect(told([], [], { series: [] })).toMatchObject(none);
  });

  it('can’t be known where none was recorded of alerts that were told', () => {
    expect(told([], [firing('A', 2_000)], { pushes: [PUSH] })).toMatchObject({
      A: 'the run recorded no state of any alert, though alerts were pushed or told of',
    });
    expect(told([firing('A', 2_000)], [], { pushes: [PUSH] })).toMatchObject({ A: [2_000] });
  });

  it('can’t be known where Prometheus wasn’t asked for them', () => {
    const queryErrors = [{ query: 'ALERTS', error: 'it is gone' }];
    expect(told([], [], { queryErrors })).toMatchObject({
      A: "the run couldn't ask its Prometheus for the states: it is gone",
    });
    const others = [{ query: 'up', error: 'it is gone' }];
    expect(told([], [], { queryErrors: others })).toMatchObject({ A: 'exact' });
  });

  it('of an alert that no rule makes are told', () =>
    expect(told([firing('C', 2_000)], [])).toMatchObject({
      C: "no rule in the run's files makes it",
    }));
});

it('an alert that can’t be replayed is no difference', () => {
  const evidence = {
    ...{ groups: [health], series: [UP, firing('A', 2_000)], pushes: [PUSH] },
    ...{ notifications: [], queryErrors: [] },
  };
  const unknown = [{ alert: 'A', why: 'its label is made by a template' }];
  const [a] = compareStates(RULES, evidence, { series: [], unknown }, T0);
  expect(a).toEqual({ alert: 'A', unknown: 'its label is made by a template', differing: [] });
});
