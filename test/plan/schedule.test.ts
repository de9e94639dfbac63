import { describe, expect, it } from 'vitest';
import { keptMs, inactiveWithinMs, receivedWithinMs } from '../../src/lib/formulas.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Track } from '../../src/model/track.ts';
import type { Spec } from '../../src/model/spec.ts';
import { makePlan } from '../../src/plan/index.ts';
import { selectable, selectionOf } from '../../src/plan/selection.ts';
import { readSpec } from '../../src/spec/index.ts';
import { PROJECT } from '../support/cases.ts';
import { addAlert, changeRule } from '../support/more-alerts.ts';
import { smallSpec } from '../support/spec.ts';

const track = (plan: Plan, id: string): Track => plan.tracks.find((t) => t.id === id)!;
const from = (t: Track): number => t.steps[0]!.startMs;
const to = (t: Track): number => t.steps.at(-1)!.endMs;
const outages = (plan: Plan, alert: string): string[] =>
  plan.tracks.filter((t) => t.alert === alert && t.id.includes('/')).map((t) => t.labels['job']!);
const problemsOf = (spec: Spec, speed = 60): string[] => {
  try {
    makePlan(spec, 'small', speed);
    return [];
  } catch (error) {
    return error instanceof InputError ? error.problems.map((p) => p.message) : [String(error)];
  }
};

/** Warning and critical on the share of memory in use. */
const twoSeverities = (): Spec => {
  const spec = smallSpec();
  addAlert(spec, 'HighMemoryUsage', {
    name: 'MemoryNearlyFull',
    severity: 'critical',
    stimulus: { kind: 'host-memory', near: 0.948, over: 0.952, calm: 0.4 },
  });
  return spec;
};

describe('what one stimulus sets at a time', () => {
  it('two alerts on one signal are planned one after the other', () => {
    const plan = makePlan(twoSeverities(), 'small', 60);
    const [first, second] = [track(plan, 'HighMemoryUsage'), track(plan, 'MemoryNearlyFull')];
    expect(from(second)).toBeGreaterThanOrEqual(to(first));
    expect(second.after).toBe('HighMemoryUsage');
    const times = plan.signals['host-memory']!.map((step) => step.atMs);
    expect(new Set(times).size).toBe(times.length);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('one that is calm at first begins while another still has their part, and moves nothing', async () => {
    const { tracks, companions } = makePlan(await readSpec(`${PROJECT}/stack`), 'stack', 60);
    const of = (id: string): Track => tracks.find((t) => t.id === id)!;
    const [first, second] = [of('RabbitMQBacklog'), of('RabbitMQAlarm')];
    expect(second.after).toBe('RabbitMQBacklog');
    expect(from(second)).toBeLessThan(to(first));
    const [calm, loud] = [second.steps[0]!.level, second.steps.find(({ level }) => level !== 0)!];
    expect(calm).toBe(0);
    // The alert before it is over; only its end has still to be told.
    const told = receivedWithinMs(makePlan(smallSpec(), 'small', 60).alerts[0]!.timing, 'resolved');
    expect(loud.startMs).toBeGreaterThanOrEqual(to(first) - told);
    // What an outage of Alertmanager's brings with it may still fire when Prometheus is stopped:
    // its end comes when Alertmanager has waited for it in vain.
    const dropped = companions.find(({ alert }) => alert === 'AlertsDropped')!;
    expect(dropped).toMatchObject({
      track: 'ServiceDown/alertmanager',
      labels: { job: 'prometheus' },
    });
    const stoppedMs = from(of('ServiceDown/prometheus'));
    expect(stoppedMs).toBe(to(of('ServiceDown/alertmanager')));
    const forgottenMs = 4 * 1_000 + 60_000 / 60;
    expect(dropped.untilMs).toBeGreaterThanOrEqual(stoppedMs + forgottenMs);
  });

  it('the outage of their target waits for both', () => {
    const plan = makePlan(twoSeverities(), 'small', 60);
    const { steps, after } = track(plan, 'ServiceDown/node');
    expect(after).toBe('MemoryNearlyFull');
    expect(steps[0]!.startMs).toBeGreaterThan(from(track(plan, 'MemoryNearlyFull')));
  });

  it('the lower limit may be passed by right while the higher one is provoked, and not the other way round', () => {
    const { companions, ...plan } = makePlan(twoSeverities(), 'small', 60);
    const one = companions.find((c) => c.track === 'MemoryNearlyFull')!;
    expect(companions).toHaveLength(1);
    expect(one.alert).toBe('HighMemoryUsage');
    const second = track(plan as Plan, 'MemoryNearlyFull');
    expect(one.fromMs).toBe(from(second));
    expect(one.untilMs).toBeGreaterThan(second.steps.find((s) => s.phase === 'recovery')!.startMs);
  });

  it('is refused where one is never quiet while the other is calm', () => {
    const spec = smallSpec();
    addAlert(spec, 'HighMemoryUsage', {
      name: 'MemoryUnused',
      stimulus: { kind: 'host-memory', near: 0.5, over: 0.45, calm: 0.7 },
    });
    expect(problemsOf(spec)).toEqual([
      "HighMemoryUsage and MemoryUnused watch the same signal (host-memory), and at the calm level of HighMemoryUsage, 0.4, MemoryUnused isn't quiet",
    ]);
  });

  it('alerts on different parts of the world still run side by side', () => {
    const plan = makePlan(smallSpec(), 'small', 60);
    expect(from(track(plan, 'HighErrorRate'))).toBe(0);
    expect(from(track(plan, 'HighMemoryUsage'))).toBe(0);
    expect(plan.companions).toEqual([]);
  });

  it('no two tracks set one signal at the same time, in any stack', async () => {
    for (const spec of [twoSeverities(), redisToo(await readSpec(`${PROJECT}/stack`))]) {
      const plan = makePlan(spec, 'any', 60);
      for (const [signal, steps] of Object.entries(plan.signals)) {
        const owners = steps.map((step) => step.step.split('/').slice(0, -1).join('/'));
        const changes = owners.filter((owner, i) => owner !== owners[i - 1]);
        expect(changes, signal).toEqual([...new Set(owners)]);
      }
    }
  });
});

/** GT-Vision's stack with an alert of its own for one more job. */
function redisToo(spec: Spec): Spec {
  addAlert(spec, 'ServiceDown', { name: 'RedisDown' }, { expr: 'up{job="redis"} == 0' });
  return spec;
}

describe("an outage is planned for the jobs that the alert's matchers select", () => {
  it('beside an alert for all jobs', async () => {
    const spec = redisToo(await readSpec(`${PROJECT}/stack`));
    const plan = makePlan(spec, 'stack', 60);
    expect(outages(plan, 'RedisDown')).toEqual(['redis']);
    expect(outages(plan, 'ServiceDown').sort()).toEqual(
      spec.contract.jobs.map((j) => j.name).sort(),
    );
    // One after the other, each active by right while the other is provoked.
    expect(track(plan, 'RedisDown/redis').after).toBe('ServiceDown/redis');
    expect(plan.companions.map((c) => `${c.track} ${c.alert}`)).toEqual([
      'ServiceDown/redis RedisDown',
      'RedisDown/redis ServiceDown',
      'ServiceDown/alertmanager AlertsDropped',
    ]);
  });

  it.each([
    ['up{job="node"} == 0', ['node']],
    ['up{job=~"node|other"} == 0', ['node']],
    ['up{instance="node-exporter:9100"} == 0', ['node']],
    ['up{job!~"backend|prometheus|alertmanager"} == 0', ['node']],
    ['absent(up{job="node"}) or up{job="node"} == 0', ['node']],
  ])('%s', (expr, jobs) => {
    const spec = smallSpec();
    changeRule(spec, 'ServiceDown', { expr: 'up == 0' });
    addAlert(spec, 'ServiceDown', { name: 'NodeDown' }, { expr });
    expect(outages(makePlan(spec, 'small', 60), 'NodeDown')).toEqual(jobs);
    expect(selectable(spec).filter((name) => name.startsWith('alert/NodeDown'))).toEqual(
      jobs.map((job) => `alert/NodeDown/${job}`),
    );
    expect(() => selectionOf(spec, ['alert/NodeDown/backend'])).toThrow(/selects nothing/);
  });

  it('by the labels of the contract, where they name a job', () => {
    const spec = smallSpec();
    spec.contract.alerts.find((a) => a.name === 'ServiceDown')!.labels = { job: 'node' };
    expect(outages(makePlan(spec, 'small', 60), 'ServiceDown')).toEqual(['node']);
  });

  it('a job that no rule selects any more stays, so that it is found', () => {
    const spec = smallSpec();
    changeRule(spec, 'ServiceDown', { expr: 'up{job="node"} == 0' });
    expect(outages(makePlan(spec, 'small', 60), 'ServiceDown')).toContain('backend');
  });

  it('in another rule group, whose evaluations nobody knows, only where `for` leaves room', () => {
    const spec = smallSpec();
    const change = (forMs: number): Spec => {
      const changed = structuredClone(spec);
      const rule = { expr: 'up{job="node"} == 0', group: 'others' };
      addAlert(changed, 'ServiceDown', { name: 'NodeDown', forMs }, rule);
      changeRule(changed, 'ServiceDown', { expr: 'up == 0' });
      return changed;
    };
    expect(problemsOf(change(60_000))).toEqual([
      expect.stringMatching(
        /^NodeDown can't be proved at speed 60: it stands in another rule group/,
      ),
    ]);
    expect(problemsOf(change(180_000))).toEqual([]);
  });
});

describe('keep_firing_for', () => {
  const plan = (keepFiringForMs: number, promised?: number): Plan => {
    const spec = smallSpec();
    changeRule(spec, 'HighMemoryUsage', { keepFiringForMs });
    changeRule(spec, 'ServiceDown', { keepFiringForMs });
    const alert = spec.contract.alerts.find((a) => a.name === 'HighMemoryUsage')!;
    if (promised !== undefined) alert.keepFiringForMs = promised;
    return makePlan(spec, 'small', 60);
  };
  const last = (p: Plan, id: string): number => {
    const step = track(p, id).steps.at(-1)!;
    return step.endMs - step.startMs;
  };

  it('lengthens the recovery and the return by whole evaluations', () => {
    const [without, kept] = [plan(0), plan(100_000)];
    // 100 s are four evaluations of 30 s.
    for (const id of ['HighMemoryUsage', 'ServiceDown/node'])
      expect(last(kept, id) - last(without, id), id).toBe(2_000);
  });

  it("is what the contract promises, where it does, and else the rule's own", () => {
    const timing = (p: Plan): number =>
      p.alerts.find((a) => a.alert === 'HighMemoryUsage')!.timing.keepFiringForMs;
    expect(timing(plan(100_000)) * 60).toBe(100_000);
    expect(timing(plan(100_000, 0))).toBe(0);
  });

  it('is part of the time until an alert is not active any more', () => {
    const { timing } = plan(100_000).alerts.find((a) => a.alert === 'HighMemoryUsage')!;
    expect(keptMs(timing)).toBe(2_000);
    expect(inactiveWithinMs(timing)).toBe(250 + 500 + 500 + 2_000);
    expect(receivedWithinMs(timing, 'resolved')).toBe(2_000);
  });
});
