import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/index.ts';
import { Known } from '../../src/verdict/panels/known.ts';
import { rateWindows, ratesOf } from '../../src/verdict/panels/rate-windows.ts';
import type { Scrape } from '../../src/verdict/scrapes/recorded.ts';
import type { TruthSeries } from '../../src/model/truth-series.ts';
import { T0, perfectEvidence } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';

const every = (ms: number, count: number, from = 0): Scrape[] =>
  Array.from({ length: count }, (_, i) => ({ at: from + i * ms, ms: 4, failed: false }));

describe('the window that Prometheus makes a rate of', () => {
  it('reaches to the ends of the range where samples are near to them', () => {
    const [closed, open] = rateWindows(every(150, 20, 30), 1_000, 600)!;
    expect(closed).toEqual(open);
    // 480 to 930: 80 ms are added before them, 70 after, as in the range of 400 to 1000.
    expect(closed).toMatchObject({ first: { at: 480 }, last: { at: 930 } });
    expect([closed.beforeMs, closed.afterMs]).toEqual([80, 70]);
    expect(ratesOf(closed, 10_000, 450)).toEqual([1, 1]);
  });

  it('adds half an interval where the next sample is further away than that', () => {
    const [window] = rateWindows(every(100, 6, 400), 1_100, 700)!;
    expect([window.beforeMs, window.afterMs]).toEqual([0, 50]);
  });

  it('has two beginnings where a sample lies exactly at that of the range', () => {
    const [closed, open] = rateWindows(every(150, 20), 900, 600)!;
    expect([closed.first.at, open.first.at]).toEqual([300, 450]);
  });

  it('adds nothing from before the counter was 0', () => {
    const [window] = rateWindows(every(150, 20, 30), 1_000, 600)!;
    // It had grown by 10 until then, at least, and by 450 in 450 ms: it may be 10 ms old.
    const [low, high] = ratesOf(window, 10, 450);
    expect(low).toBeCloseTo((450 + 10 + 70) / 600, 9);
    expect(high).toBe(1);
  });

  it('is none of fewer than two samples', () => {
    expect(rateWindows(every(150, 1, 500), 1_000, 600)).toBeUndefined();
    expect(rateWindows([], 1_000, 600)).toBeUndefined();
  });
});

describe('a rate that a panel shows', () => {
  const INTERVAL_MS = 250;
  const AT = T0 + 10_000;
  const plan = makePlan(smallSpec(), 'small', 60);
  /** What it may be over a second, at whose end a scrape begins that takes so long. */
  const allowed = (tookMs: number, truth: Pick<TruthSeries, 'points'>): [number, number] => {
    const evidence = perfectEvidence(plan);
    evidence.timeline = [];
    const times = Array.from({ length: 80 }, (_, i) => T0 + i * INTERVAL_MS);
    const labels = { job: 'node' };
    evidence.series.push(
      { labels: { __name__: 'up', ...labels }, samples: times.map((at) => [at, 1]) },
      {
        labels: { __name__: 'scrape_duration_seconds', ...labels },
        samples: times.map((at) => [at, at === AT ? tookMs / 1_000 : 0.004]),
      },
    );
    const about = { labels: {}, lagMs: 0, known: 'the host', kind: 'growing' } as const;
    evidence.truth = [{ ...about, metric: 'node_cpu_seconds_total', ...truth }];
    const rates = new Known(plan, evidence, T0).rates('node_cpu_seconds_total', AT, 1_000, labels)!;
    return [Math.min(...rates), Math.max(...rates)];
  };
  /** 60 a second, put down every 20 ms; ten times as many from a moment on. */
  const growing = (fasterFrom = Infinity): Pick<TruthSeries, 'points'> => {
    const points: TruthSeries['points'] = [];
    for (let at = T0, value = 0; at < T0 + 20_000; at += 20) {
      points.push([at, at, value]);
      value += at < fasterFrom ? 1.2 : 12;
    }
    return { points };
  };

  it('may be made of what the last scrape read until its end', () => {
    const step = growing(AT - 20);
    const [, quick] = allowed(4, step);
    const [, slow] = allowed(90, step);
    // Five ticks of twelve in the 90 ms, of a second.
    expect(slow).toBeGreaterThan(quick + 0.8);
  });

  it('is known to a twentieth where all is steady', () => {
    const [low, high] = allowed(4, growing());
    expect(low).toBeGreaterThan(0.95);
    expect(high).toBeLessThan(1.05);
  });
});
