import { expect, it } from 'vitest';
import type { Series } from '../../../src/model/series.ts';
import { spansOf } from '../../../src/run/live/site/history.ts';

const WINDOW = { nowMs: 10_000, lengthMs: 10_000, stepMs: 1_000 };
const states = (alertstate: string, ...atMs: number[]): Series => ({
  labels: { alertname: 'A', alertstate },
  samples: atMs.map((at) => [at, 1]),
});

it('a pending alert that fires and ends has a span for each state', () =>
  expect(
    spansOf([states('pending', 2_000, 3_000), states('firing', 4_000, 5_000)], WINDOW),
  ).toEqual([
    { state: 'pending', fromMs: -8_000, toMs: -6_000 },
    { state: 'firing', fromMs: -6_000, toMs: -4_000 },
  ]));

it('while one instance fires the alert fires, though another is pending', () =>
  expect(
    spansOf([states('firing', 2_000), states('pending', 1_000, 2_000, 3_000)], WINDOW),
  ).toEqual([
    { state: 'pending', fromMs: -9_000, toMs: -8_000 },
    { state: 'firing', fromMs: -8_000, toMs: -7_000 },
    { state: 'pending', fromMs: -7_000, toMs: -6_000 },
  ]));

it('a gap parts two spans of one state, and none reaches beyond now', () =>
  expect(spansOf([states('firing', 1_000, 9_000, 10_000)], WINDOW)).toEqual([
    { state: 'firing', fromMs: -9_000, toMs: -8_000 },
    { state: 'firing', fromMs: -1_000, toMs: 0 },
  ]));

it('an alert that was quiet has none', () => expect(spansOf([], WINDOW)).toEqual([]));
