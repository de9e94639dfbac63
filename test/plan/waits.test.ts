import { describe, expect, it } from 'vitest';
import type { Route, Spec } from '../../src/model/spec.ts';
import { waitsOf } from '../../src/plan/waits.ts';
import { smallSpec } from '../support/spec.ts';

/** The waits of an alert whose stack routes like this below the root, whose own wait is 30 s. */
function waits(routes: Partial<Route>[], change: (spec: Spec) => void = () => undefined) {
  const spec = smallSpec();
  const { route } = spec.alertmanager;
  route.routes = routes.map((one) => ({ ...route, routes: [], ...one }));
  change(spec);
  return waitsOf(
    spec,
    spec.contract.alerts.find((a) => a.name === 'HighMemoryUsage')!,
  );
}
const slow = { receiver: 'slack', groupWaitMs: 300_000 };

describe('how long an alert waits is told by the route that takes it', () => {
  it("another team's slower route to the same receiver doesn't count", () =>
    expect(waits([{ ...slow, matchers: ['team="data"'] }]).groupWaitMs).toBe(30_000));
  it('its own does', () =>
    expect(waits([{ ...slow, matchers: ['severity="warning"'] }]).groupWaitMs).toBe(300_000));
  it('the first one that takes it does, and the next only after `continue`', () => {
    const first = { receiver: 'slack', groupWaitMs: 10_000, matchers: ['alertname=~"High.*"'] };
    expect(waits([first, { ...slow, matchers: [] }]).groupWaitMs).toBe(10_000);
    const both = [
      { ...first, continue: true },
      { ...slow, matchers: [] },
    ];
    expect(waits(both).groupWaitMs).toBe(300_000);
  });
  it('of nested routes the inner one', () =>
    expect(
      waits([
        {
          ...slow,
          matchers: ['severity="warning"'],
          routes: [{ ...smallSpec().alertmanager.route, routes: [], matchers: ['job="node"'] }],
        },
      ]).groupWaitMs,
    ).toBe(30_000));
  it('by external labels and those of the rule', () => {
    const byRule = (spec: Spec): void => {
      for (const { rules } of spec.prometheus.ruleGroups)
        for (const rule of rules) rule.labels = { team: 'data' };
    };
    const route = { ...slow, matchers: ['team="data"'] };
    expect(waits([route], byRule).groupWaitMs).toBe(300_000);
    const external = (spec: Spec): void => {
      spec.prometheus.externalLabels = { team: 'data' };
    };
    expect(waits([route], external).groupWaitMs).toBe(300_000);
  });
  it('where only the run will tell, the slowest one that names its receiver', () => {
    const templated = (spec: Spec): void => {
      for (const { rules } of spec.prometheus.ruleGroups)
        for (const rule of rules) rule.labels = { team: '{{ $labels.team }}' };
    };
    expect(waits([{ ...slow, matchers: ['team="data"'] }], templated).groupWaitMs).toBe(300_000);
  });
  it('in a group with other alerts it may have to wait for the next notification', () =>
    expect(waits([{ groupBy: ['job'] }]).groupWaitMs).toBe(60_000));
});
