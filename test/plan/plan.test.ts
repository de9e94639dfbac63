import { describe, expect, it } from 'vitest';
import { activeWithinMs, pendingMs, receivedWithinMs } from '../../src/lib/formulas.ts';
import type { Plan, Timing } from '../../src/model/plan.ts';
import type { Track } from '../../src/model/track.ts';
import { makePlan } from '../../src/plan/index.ts';
import { blipOf, isProvoked, levelsOf } from '../../src/plan/levels.ts';
import { timingsOf } from '../../src/plan/timings.ts';
import { valueExpr } from '../../src/plan/value-expr.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';
import { smallSpec } from '../support/spec.ts';

const real = await readSpec(`${PROJECT}/stack`);
const timingIn = (plan: Plan, alert: string): Timing =>
  plan.alerts.find((a) => a.alert === alert)!.timing;
const track = (plan: Plan, id: string): Track => plan.tracks.find((t) => t.id === id)!;

describe('the formulas', () => {
  const timing = {
    scrapeMs: 250,
    scrapeTimeoutMs: 166,
    evaluationMs: 500,
    forMs: 5_000,
    keepFiringForMs: 0,
    windowMs: 5_000,
    groupWaitMs: 500,
    groupIntervalMs: 1_000,
    responseMs: 0,
    epsilonMs: 500,
    blipEpsilonMs: 150,
    freezeMarginMs: 200,
  };
  it('pending lasts whole evaluations', () => {
    expect(pendingMs(timing)).toBe(5_000);
    expect(pendingMs({ ...timing, forMs: 5_001 })).toBe(5_500);
    expect(pendingMs({ ...timing, forMs: 0 })).toBe(0);
    // 5m and 30s, both divided by 7, are no round numbers; their ratio is.
    expect(pendingMs({ ...timing, forMs: 300_000 / 7, evaluationMs: 30_000 / 7 })).toBeCloseTo(
      300_000 / 7,
    );
  });
  it('active within S + W + E + ε', () => expect(activeWithinMs(timing)).toBe(6_250));
  it('received within G or I, + E + ε', () =>
    expect([receivedWithinMs(timing, 'firing'), receivedWithinMs(timing, 'resolved')]).toEqual([
      1_500, 2_000,
    ]));
});

describe.each([1, 10, 60, 90])('the plan of GT-Vision at speed %d', (speed) => {
  const plan = makePlan(real, 'stack', speed);

  it('has a track for every state alert and every scraped job', () => {
    expect(plan.tracks.map((t) => t.id).sort()).toEqual(
      [
        ...real.contract.alerts.filter(isProvoked).map((a) => a.name),
        ...real.contract.jobs.map((j) => `ServiceDown/${j.name}`),
      ].sort(),
    );
  });

  it('has steps that follow each other without gap or overlap', () => {
    for (const t of plan.tracks)
      t.steps.forEach((s, i) =>
        expect(s.startMs, `${t.id} ${s.phase}`).toBe(t.steps[i - 1]?.endMs ?? s.startMs),
      );
  });

  it('simulates to what it promises: quiet near the limit, the blip active for less than `for`, the breach over it', () => {
    for (const alert of real.contract.alerts.filter(isProvoked)) {
      const levels = levelsOf(alert.stimulus);
      if (!levels) continue;
      const timing = timingIn(plan, alert.name);
      const t = track(plan, alert.name);
      const up = levels.over > levels.near;
      const beyond = (value: number, limit: number): boolean =>
        up ? value > limit + 1e-9 : value < limit - 1e-9;
      // The windowed average of the step function, by hand: what an ideal rate() would give.
      const level = (ms: number): number =>
        t.steps.find((s) => s.startMs <= ms && ms < s.endMs)?.level ?? levels.near;
      const stepMs = timing.evaluationMs / 20;
      const average = (ms: number): number => {
        if (timing.windowMs === 0) return level(ms);
        const n = 500;
        return (
          Array.from({ length: n }, (_, i) => level(ms - (timing.windowMs * (i + 0.5)) / n)).reduce(
            (a, b) => a + b,
            0,
          ) / n
        );
      };
      const blip = t.steps.find((s) => s.phase === 'blip')!;
      const breach = t.steps.find((s) => s.phase === 'breach')!;
      let overMs = 0;
      let beyondNearMs = 0;
      for (let ms = blip.startMs; ms < breach.startMs; ms += stepMs) {
        if (timing.windowMs === 0 ? level(ms) === levels.over : beyond(average(ms), levels.over))
          overMs += stepMs;
        if (beyond(average(ms), levels.near)) beyondNearMs += stepMs;
      }
      const seen = timing.scrapeMs + timing.evaluationMs;
      expect(overMs, `${alert.name}: over the limit long enough to be seen`).toBeGreaterThan(
        seen - timing.evaluationMs / 4,
      );
      expect(beyondNearMs + seen, `${alert.name}: shorter than for`).toBeLessThan(
        timing.forMs + stepMs,
      );
      for (let ms = 0; ms < blip.startMs; ms += stepMs * 5)
        expect(beyond(average(ms), levels.near), `${alert.name} at ${ms}`).toBe(false);
      expect(average(breach.endMs - 1)).toBeCloseTo(levels.over, 6);
    }
  });

  it('stops a target before its follower could be told, and after it is active', () => {
    for (const t of plan.tracks.filter((x) => x.follower)) {
      const outage = t.steps.find((s) => s.phase === 'outage')!;
      const provoke = t.steps.find((s) => s.phase === 'provoke')!;
      const service = timingIn(plan, 'ServiceDown');
      const follower = timingIn(plan, t.follower!.alert);
      const serviceDownFires =
        outage.startMs + service.scrapeMs + service.evaluationMs + pendingMs(service);
      expect(serviceDownFires).toBeLessThan(
        provoke.startMs + pendingMs(follower) + follower.responseMs,
      );
    }
  });

  it('stops Prometheus last', () => expect(plan.tracks.at(-1)?.id).toBe('ServiceDown/prometheus'));
  it('has a critical path as long as the run', () =>
    expect(
      plan.criticalPath
        .filter((e) => !/^start|^evidence/.test(e.name))
        .reduce((sum, e) => sum + e.ms, 0),
    ).toBe(plan.lengthMs));
});

describe("the plan is made in the stack's own time and divided as a whole", () => {
  const once = makePlan(real, 'stack', 1);
  const fast = makePlan(real, 'stack', 60);

  it("what is the stack's own takes a sixtieth, what no speed divides stays", () => {
    for (const { alert, timing } of fast.alerts) {
      const own = timingIn(once, alert);
      for (const name of ['scrapeMs', 'evaluationMs', 'forMs', 'windowMs', 'groupWaitMs'] as const)
        expect(timing[name], `${alert} ${name}`).toBeCloseTo(own[name] / 60, 6);
      for (const name of ['epsilonMs', 'blipEpsilonMs', 'freezeMarginMs'] as const)
        expect(timing[name], `${alert} ${name}`).toBe(own[name]);
    }
    expect(timingIn(fast, 'SlowResponseTime').responseMs).toBe(1_200);
  });

  it('the load is as strong and its answers as slow; only when it does what is divided', () => {
    expect(fast.load.slowMs).toBe(once.load.slowMs);
    expect(fast.load.arrivals['backend']?.perSecond).toBe(100);
    expect(fast.load.speed).toBe(60);
  });

  it('every moment of the timeline is a whole number of ms', () => {
    const moments = [
      ...fast.tracks.flatMap((t) => t.steps.flatMap((s) => [s.startMs, s.endMs])),
      ...Object.values(fast.signals).flatMap((steps) => steps.map((s) => s.atMs)),
      fast.lengthMs,
      fast.load.lengthMs,
    ];
    expect(moments.filter((ms) => !Number.isInteger(ms))).toEqual([]);
  });
});

describe('what cannot be planned', () => {
  it('is said with its reason', () => {
    const spec = smallSpec();
    spec.contract.alerts[1]!.forMs = 40_000;
    expect(() => makePlan(spec, 'small', 60)).toThrow(
      /HighMemoryUsage can't be proved at speed 60: no pulse/,
    );
  });
  it('a blip that would be as long as `for` is none', () => {
    const spec = smallSpec();
    const alert = {
      ...spec.contract.alerts[0]!,
      stimulus: { ...spec.contract.alerts[0]!.stimulus, near: 0.01, over: 0.09 },
    };
    expect(
      blipOf(alert, levelsOf(alert.stimulus)!, timingsOf(spec, 60).alerts[alert.name]!),
    ).toBeUndefined();
  });
});

it.each([
  ['100 * (1 - a / b) > 85', '100 * (1 - a / b)'],
  ['(x == 0)', 'x'],
  ['vector(1)', 'vector(1)'],
  ['a / b > 1 and c > 2', 'a / b > 1 and c > 2'],
  ['sum by (job) (x) == 0', 'sum by (job) (x)'],
])('the value of %s', (expr, value) => {
  expect(valueExpr(expr)).toBe(value);
});
