import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../src/lib/errors.ts';
import { makePlan } from '../../src/plan/index.ts';
import { isProvoked } from '../../src/plan/levels.ts';
import { selectable, selectionOf } from '../../src/plan/selection.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';

const spec = await readSpec(STACK);
const selected = (...patterns: string[]): string[] =>
  selectable(spec).filter((name) => selectionOf(spec, patterns).wants(name));

describe('--only', () => {
  it.each([
    ['alert/HighErrorRate', ['alert/HighErrorRate']],
    ['ALERT/higherrorrate', ['alert/HighErrorRate']],
    ['alert/ServiceDown/ai', ['alert/ServiceDown/ai']],
    ['panel/Business Metrics/Active Streams', ['panel/Business Metrics/Active Streams']],
    ['metric/pg_settings_max_connections/', ['metric/pg_settings_max_connections']],
  ])('%s', (pattern, names) => expect(selected(pattern)).toEqual(names));

  it('takes a whole kind, and several patterns', () => {
    expect(selected('alert/ServiceDown').length).toBe(spec.contract.jobs.length);
    expect(selected('alerts').every((name) => name.startsWith('alert/'))).toBe(true);
    expect(selected('dashboards').length).toBe(
      spec.dashboards.flatMap((d) => d.panels).length + spec.grafanaRules.length,
    );
    expect(selected('dashboard/Infrastructure').length).toBe(
      spec.dashboards.find((d) => d.title === 'Infrastructure')?.panels.length,
    );
    expect(selected('metrics', 'alert/ServiceDown/ai').length).toBe(
      spec.contract.metrics.length + 1,
    );
    expect(selected().length).toBe(selectable(spec).length);
  });

  it.each([
    ['alert/HighErorRate', 'alert/HighErrorRate'],
    ['dashboard/Bussiness Metrics', 'panel/Business Metrics'],
    ['nonsense', ''],
  ])('%s selects nothing: an error with the nearest name', (pattern, meant) => {
    const error = (() => {
      try {
        selectionOf(spec, [pattern]);
      } catch (e) {
        return e as HarnessError;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(HarnessError);
    expect(error?.message).toBe(`--only ${pattern} selects nothing`);
    expect(error?.advice).toMatch(meant === '' ? /^Use/ : new RegExp(`^Did you mean ${meant}\\?`));
  });

  it('plans nothing else, and says so', () => {
    const one = makePlan(spec, 'stack', 60, selectionOf(spec, ['alert/HighMemoryUsage']));
    expect([
      one.tracks.map((t) => t.id),
      one.metrics.filter((m) => m.selected).length,
      one.panels.length,
      one.selection,
    ]).toEqual([['HighMemoryUsage'], 0, 0, 'alert/HighMemoryUsage']);
    expect(one.lengthMs).toBeLessThan(makePlan(spec, 'stack', 60).lengthMs / 2);
    const panels = makePlan(spec, 'stack', 60, selectionOf(spec, ['dashboards']));
    expect([panels.tracks.length, panels.metrics.filter((m) => m.selected).length]).toEqual([0, 0]);
    expect(panels.lengthMs).toBeGreaterThan(10_000);
    // What no track moves is held just on the quiet side.
    expect(panels.signals['load.streams']).toEqual([
      { atMs: 0, level: 1, step: 'exercise/load.streams' },
    ]);
  });
});

describe('a part of the stack', () => {
  const part = (speed: number, ...patterns: string[]) =>
    makePlan(spec, 'stack', speed, selectionOf(spec, patterns));

  it('leaves an outage’s follower calm until it is provoked, though its own alert isn’t proved', () => {
    const plan = part(60, 'alert/ServiceDown');
    for (const { follower, steps } of plan.tracks) {
      if (!follower) continue;
      const [first, second] = plan.signals[follower.signal]!;
      expect(first!.level).toBeLessThan(second!.level);
      expect(second!.atMs).toBeGreaterThan(steps[0]!.startMs);
    }
  });

  it('has room for every probe: k6 takes none shorter than a second', () => {
    const states = spec.contract.alerts.filter(isProvoked).map(({ name }) => `alert/${name}`);
    const { load } = part(100, 'metrics', 'dashboards', ...states);
    expect(Object.keys(load.probes).sort()).toEqual(['ai', 'backend', 'streaming']);
    for (const { startMs } of Object.values(load.probes))
      expect(load.lengthMs - startMs).toBeGreaterThanOrEqual(1_200);
  });
});
