import { describe, expect, it } from 'vitest';
import { alertsOverRun } from '../../src/commands/mutate/alerts-over-run.ts';
import type { AlertsOverRun } from '../../src/commands/mutate/alerts-over-run.ts';
import type { RecordedWorld } from '../../src/model/recorded-world.ts';
import type { Series } from '../../src/model/series.ts';
import { storageOver } from '../../src/replay/index.ts';

const TIMES = Array.from({ length: 300 }, (_, i) => i * 1_000);

/** So many series of a counter that rises by 1 a second, or stands still. */
function counters(count: number, rise = 1, extra: Series[] = []): ReturnType<typeof storageOver> {
  const all = Array.from({ length: count }, (_, i): Series => ({
    labels: { __name__: 'x', job: 'j', path: `p${i}` },
    samples: TIMES.map((at, k) => [at, k * rise]),
  }));
  return storageOver([...all, ...extra], 300_000);
}

/** What becomes of an alert that fired at the end of a run, over other samples. */
function over(expr: string, others = counters(5), recorded = counters(5)): AlertsOverRun {
  const world = {
    plan: {
      tracks: [
        { alert: 'A', labels: {}, steps: [{ phase: 'breach', startMs: 0, endMs: 400_000 }] },
      ],
      rules: { A: { runExpr: expr } },
    },
    evidence: {
      t0: 0,
      series: [
        {
          labels: { __name__: 'ALERTS', alertname: 'A', alertstate: 'firing' },
          samples: [[299_000, 1]],
        },
      ],
    },
  } as unknown as RecordedWorld;
  return alertsOverRun(world, () => true, recorded, others);
}

const NOTHING = { lost: undefined, notReplayed: undefined, open: undefined };
const EXPR = 'sum(rate(x[5m])) > 0';

describe('an alert over other samples than were recorded', () => {
  it('that it fires on is kept', () => expect(over(EXPR)).toEqual(NOTHING));

  it('that it doesn’t fire on is lost', () =>
    expect(over(EXPR, counters(5, 0))).toMatchObject({ ...NOTHING, lost: { alert: 'A' } }));

  it('that Prometheus can’t evaluate it over is lost', () => {
    const twice: Series = {
      labels: { __name__: 'y', job: 'j', zone: 'b' },
      samples: [[299_000, 1]],
    };
    const once = { ...twice, labels: { __name__: 'y', job: 'j' } };
    const expr = 'sum by (job) (x) * on (job) y > 0';
    const recorded = counters(5, 1, [once]);
    expect(over(expr, counters(5, 1, [once, twice]), recorded)).toMatchObject({
      ...NOTHING,
      lost: { alert: 'A' },
    });
  });

  it('that are too many to be looked at is open', () =>
    expect(over(EXPR, counters(4_000))).toMatchObject({
      ...NOTHING,
      open: { track: { alert: 'A' }, why: 'it looks at too many samples' },
    }));

  it('whose expression isn’t understood is open', () =>
    expect(over('info(x) > 0')).toMatchObject({
      ...NOTHING,
      open: { track: { alert: 'A' }, why: "the function `info` isn't understood" },
    }));

  it('that didn’t fire on what was recorded judges nothing', () =>
    expect(over(EXPR, counters(5), counters(5, 0))).toMatchObject({
      ...NOTHING,
      notReplayed: { alert: 'A' },
    }));
});
