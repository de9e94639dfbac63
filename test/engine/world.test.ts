import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findPromtool } from '../../src/commands/promtool.ts';
import { readAlerts, readErrors } from '../../src/engine/world-output.ts';
import { worldStates } from '../../src/engine/world.ts';
import type { Shape } from '../../src/model/recipe.ts';
import type { VirtualSeries, VirtualWorld } from '../../src/model/virtual-world.ts';

const promtool = await findPromtool();
const { signal } = new AbortController();
const value = (number: number): Shape => ({ kind: 'value', value: number });
const heat = (instance: string, steps: VirtualSeries['steps']): VirtualSeries => ({
  metric: 'heat',
  labels: { instance },
  everyMs: 15_000,
  steps,
});
const world = (rules: object[], series: VirtualSeries[]): VirtualWorld => ({
  ruleFiles: [stringify({ groups: [{ name: 'g', rules }] })],
  groupOrder: ['g'],
  scrapeMs: 15_000,
  gridMs: 15_000,
  evaluationMs: 30_000,
  endMs: 300_000,
  series,
});
const WARM = { alert: 'Warm', expr: 'heat > 5', for: '1m' };
const HOT = { alert: 'Hot', expr: 'heat > 50', labels: { severity: 'critical' } };

describe.skipIf(promtool === undefined)('a whole world in virtual time', () => {
  it('tells every alert of every rule, whatever it was made for', async () => {
    const outcome = await worldStates(
      promtool ?? '',
      world(
        [WARM, HOT],
        [
          heat('a "quoted" {one}', [
            { atMs: 30_000, shape: value(100) },
            { atMs: 150_000, shape: value(0) },
          ]),
          heat('b', [
            { atMs: 0, shape: value(6) },
            { atMs: 60_000, shape: { kind: 'absent' } },
          ]),
        ],
      ),
      0,
      signal,
    );
    expect(outcome).toEqual({
      states: expect.arrayContaining([
        {
          labels: { alertname: 'Warm', instance: 'a "quoted" {one}' },
          active: [30_000, 60_000, 90_000, 120_000],
          firing: [90_000, 120_000],
        },
        {
          labels: { alertname: 'Hot', instance: 'a "quoted" {one}', severity: 'critical' },
          active: [30_000, 60_000, 90_000, 120_000],
          firing: [30_000, 60_000, 90_000, 120_000],
        },
        { labels: { alertname: 'Warm', instance: 'b' }, active: [0, 30_000], firing: [] },
      ]) as unknown,
    });
  });

  it('sees changes later where scrapes are later', async () => {
    const outcome = await worldStates(
      promtool ?? '',
      world(
        [HOT],
        [
          heat('a', [
            { atMs: 25_000, shape: value(100) },
            { atMs: 80_000, shape: value(0) },
          ]),
        ],
      ),
      1,
      signal,
    );
    // The scrapes at 45 s and 105 s are the first after each change.
    expect(outcome).toMatchObject({ states: [{ active: [60_000, 90_000] }] });
  });

  it('has each series as often as it is scraped', async () => {
    const rules = ['rate(heat[30s]) > 0', 'count_over_time(heat[1m]) == 1'].map((expr, i) => ({
      alert: `A${i}`,
      expr,
    }));
    const line: Shape = { kind: 'line', from: 0, perSecond: 1 };
    const often = heat('often', [{ atMs: 0, shape: line }]);
    const seldom = { ...heat('seldom', [{ atMs: 0, shape: line }]), everyMs: 60_000 };
    const outcome = await worldStates(promtool ?? '', world(rules, [often, seldom]), 0, signal);
    const told = 'states' in outcome ? outcome.states.map(({ labels }) => labels) : [];
    expect(told.filter(({ alertname }) => alertname === 'A0')).toMatchObject([
      { instance: 'often' },
    ]);
    const states = 'states' in outcome ? outcome.states : [];
    const counted = states.find(({ labels }) => labels['instance'] === 'seldom');
    expect(counted).toMatchObject({
      active: expect.arrayContaining([240_000, 270_000]) as unknown,
    });
  });

  it('names the rules that the engine cannot evaluate', async () => {
    const rules = [{ alert: 'Odd', expr: 'heat * on () heat > 0' }];
    const series = ['a', 'b'].map((name) => heat(name, [{ atMs: 0, shape: value(1) }]));
    const outcome = await worldStates(promtool ?? '', world(rules, series), 0, signal);
    expect(outcome).toMatchObject({ errors: [{ rule: 'Odd' }] });
    expect(JSON.stringify(outcome)).toContain('many-to-many');
  });
});

describe("promtool's words", () => {
  it('are read as alerts, and as rules that failed, each once', () => {
    const said = (time: string, got: string): string =>
      `    expr: "ALERTS", time: ${time},\n        exp: nil\n        got: ${got}\n`;
    const series = (state: string): string =>
      `{__name__="ALERTS", alertname="A", alertstate="${state}", path="C:\\\\{x}"} 1E+00`;
    expect(readAlerts(said('30s', series('pending')) + said('1m', series('firing')))).toEqual([
      { labels: { alertname: 'A', path: 'C:\\{x}' }, active: [30_000, 60_000], firing: [60_000] },
    ]);
    expect(
      readErrors('    rule: A, time: 30s, err: it broke\n    rule: A, time: 1m, err: x'),
    ).toEqual([{ rule: 'A', error: 'it broke' }]);
  });
});
