import { describe, expect, it } from 'vitest';
import { blindAlertOf, firstAlertOf } from '../../src/capacity/first-alert.ts';
import type { Figures } from '../../src/model/figures.ts';
import { found, step } from './samples.ts';

const at = (load: number, backend: Figures): ReturnType<typeof step> =>
  step(load, { parts: { backend: { latencyP95Seconds: 0.1, errorShare: 0, ...backend } } });
const saturationPoint = found(3_000);

describe('the alert that fires first', () => {
  it('is the one whose limit breaks at the lowest load above the saturation point', () => {
    const steps = [
      at(4_000, { latencyP95Seconds: 3 }),
      at(3_400, { errorShare: 0.06 }),
      at(3_000, {}),
      at(2_900, { latencyP95Seconds: 2 }),
    ];
    expect(firstAlertOf(steps, saturationPoint)).toEqual({ alert: 'HighErrorRate', load: 3_400 });
  });

  it('of two at one load is the one that is furthest beyond its limit', () => {
    expect(
      firstAlertOf([at(3_400, { errorShare: 0.06, latencyP95Seconds: 4 })], saturationPoint)?.alert,
    ).toBe('SlowResponseTime');
  });

  it('isn’t one that the service’s own metrics keep quiet: that is told apart', () => {
    const steps = [
      at(3_400, { latencyP95Seconds: 2, servedP95Seconds: 0.005 }),
      at(5_000, { latencyP95Seconds: 9, servedP95Seconds: 1.4 }),
    ];
    expect(firstAlertOf(steps, saturationPoint)).toEqual({
      alert: 'SlowResponseTime',
      load: 5_000,
    });
    expect(blindAlertOf(steps, saturationPoint)).toMatchObject({
      alert: 'SlowResponseTime',
      load: 3_400,
      text: expect.stringContaining(
        "p95 of backend is 2 s, and by the service's own metrics it is 5 ms",
      ) as string,
    });
  });

  it('is none where nothing broke, or no saturation point was found', () => {
    expect(firstAlertOf([at(3_400, {})], saturationPoint)).toBeNull();
    expect(
      firstAlertOf([at(3_400, { errorShare: 0.06 })], {
        kind: 'inconclusive',
        reason: '',
        repetitions: [],
      }),
    ).toBeNull();
    expect(
      blindAlertOf([at(3_400, { errorShare: 0.06, servedErrorShare: 0.06 })], saturationPoint),
    ).toBeNull();
  });
});
