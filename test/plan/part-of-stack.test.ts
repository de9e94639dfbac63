import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/index.ts';
import { inHalves, partOfStack } from '../../src/plan/part-of-stack.ts';
import { isLoad } from '../../src/lib/plan-names.ts';
import { isProvoked, signalOf } from '../../src/plan/levels.ts';
import { EVERYTHING, selectionOf } from '../../src/plan/selection.ts';
import type { Spec } from '../../src/model/spec.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';

const spec = await readSpec(STACK);
const SPEED = 100;
const MONITORING = ['alertmanager', 'prometheus'];

/** The jobs that are scraped where only this is proved, but for the monitoring's own. */
function jobsFor(...only: string[]): string[] {
  const { contract } = partOfStack(spec, selectionOf(spec, only));
  return contract.jobs.map(({ name }) => name).filter((name) => !MONITORING.includes(name));
}

const withExpr = (expr: string): Spec => {
  const [group, ...groups] = spec.prometheus.ruleGroups;
  const rules = [{ ...group!.rules[0]!, alert: 'More', expr }, ...group!.rules];
  return {
    ...spec,
    prometheus: { ...spec.prometheus, ruleGroups: [{ ...group!, rules }, ...groups] },
  };
};

describe('where only alerts are asked for, nothing is scraped', () => {
  it('but what they are about', () => {
    expect(jobsFor('alert/SlowResponseTime')).toEqual(['ai']);
    expect(jobsFor('alert/RedisHitRateLow', 'alert/HighCPUUsage').sort()).toEqual([
      'node',
      'redis',
    ]);
  });

  it('and what makes the follower of an outage fire', () => {
    expect(jobsFor('alert/ServiceDown/node')).toEqual(['node']);
  });

  it('or everything, where more is asked for', () => {
    const all = spec.contract.jobs.length - MONITORING.length;
    expect(jobsFor('alert/SlowResponseTime', 'metrics').length).toBe(all);
    expect(partOfStack(spec, EVERYTHING)).toBe(spec);
  });

  it('or everything, where an alert hangs on several jobs, or would be active on a few', () => {
    const slow = selectionOf(spec, ['alert/SlowResponseTime']);
    for (const expr of ['count(up) < 3', 'absent(up{job="redis"})']) {
      const more = withExpr(expr);
      expect(partOfStack(more, slow)).toBe(more);
    }
  });
});

describe('a life in two halves', () => {
  const selection = selectionOf(spec, ['alert/HighErrorRate', 'alert/ServiceDown/ai']);
  const part = partOfStack(spec, selection);
  const plans = inHalves(part, selection).map((share) => ({
    name: share.name,
    plan: makePlan(share.spec, 'stack', SPEED, share.selection),
  }));

  it('is quiet in a world beside the one in which it fires; outages are whole', () => {
    const done = plans.map(({ name, plan }) => [
      name,
      Object.fromEntries(
        plan.tracks.map((track) => [track.id, track.steps.map(({ phase }) => phase).join(' ')]),
      ),
    ]);
    expect(done).toEqual([
      [
        null,
        {
          HighErrorRate: 'settle breach recovery',
          'ServiceDown/ai': expect.stringMatching(/^settle blip rest .*outage return$/) as string,
        },
      ],
      ['quiet', { HighErrorRate: 'settle near blip rest' }],
    ]);
  });

  it('takes less than two thirds of the time', () => {
    const alone = selectionOf(spec, ['alert/SlowResponseTime']);
    const lengths = inHalves(spec, alone).map(
      (share) => makePlan(share.spec, 'stack', SPEED, share.selection).lengthMs,
    );
    const whole = makePlan(spec, 'stack', SPEED, alone).lengthMs;
    expect(Math.max(...lengths)).toBeLessThan((2 / 3) * whole);
  });

  it('has its load until the blip is over, at any speed', () => {
    const loaded = spec.contract.alerts.filter(
      (alert) => isProvoked(alert) && isLoad(signalOf(alert.stimulus) ?? ''),
    );
    expect(loaded.length).toBeGreaterThan(3);
    for (const { name } of loaded)
      for (const speed of [20, 60, 150]) {
        const alone = selectionOf(spec, [`alert/${name}`]);
        const { selection: life } = inHalves(spec, alone).find((share) => share.name === 'quiet')!;
        const { load, tracks } = makePlan(spec, 'stack', speed, life);
        const rest = tracks[0]!.steps.find(({ phase }) => phase === 'rest')!;
        expect(load.lengthMs).toBeGreaterThan(rest.startMs);
      }
  });

  it('is one world where nothing but outages is asked for', () => {
    expect(inHalves(spec, selectionOf(spec, ['alert/ServiceDown/ai'])).length).toBe(1);
  });
});
