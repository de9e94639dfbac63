import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/model/recipe.ts';
import type { PlannedAlert } from '../../src/prove/plan/alerts.ts';
import type { JobTarget, JobTargets } from '../../src/prove/plan/target.ts';
import { discoveryChanges } from '../../src/prove/plan/discovery.ts';
import { takenTargets } from '../../src/prove/plan/reported.ts';

const target = (host: string): JobTarget => ({
  discovered: { __address__: `${host}:80`, job: 'api' },
  labels: { job: 'api', instance: `${host}:80` },
  host,
  port: 80,
  protocol: 'http',
  path: '/metrics',
  params: {},
});
const [a, b] = [target('a'), target('b')];
const job: JobTargets = {
  name: 'api',
  config: { job_name: 'api' },
  targets: [a, b],
  isMadeUp: false,
  droppedBy: undefined,
};
const value = (v: number): Shape => ({ kind: 'value', value: v });
const alive = { near: value(1), over: value(0), calm: value(1) };

/** An alert whose one series stands on the first target. */
function alertOn(
  metric: string,
  shapes: Record<'near' | 'over' | 'calm', Shape>,
  result: Record<string, string>,
): PlannedAlert {
  const series = { metric, labels: a.labels, shapes };
  const placed = [{ series, job, target: a, exported: {}, final: a.labels }];
  return {
    placement: { placed, renamed: new Map() },
    readings: [{ name: metric, matchers: [{ label: 'job', op: '=', value: 'api' }] }],
    result,
  } as unknown as PlannedAlert;
}

describe('what an alert on `up` does to targets', () => {
  it('takes the one down that it names', () => {
    expect(takenTargets(alertOn('up', alive, a.labels), [job])).toEqual({ down: [a], gone: [] });
  });

  it('lets nobody discover any that `absent` would see', () => {
    const shapes = { near: value(1), over: { kind: 'absent' } as Shape, calm: value(1) };
    expect(takenTargets(alertOn('up', shapes, { job: 'api' }), [job])).toEqual({
      down: [],
      gone: [a, b],
    });
  });

  it('takes the one down that flaps', () => {
    const flapping: Shape = { kind: 'toggle', values: [0, 1], everySeconds: 60 };
    const taken = takenTargets(alertOn('up', { ...alive, over: flapping }, a.labels), [job]);
    expect(taken).toEqual({ down: [a], gone: [] });
  });

  it('can do nothing where more targets count than the world in virtual time has', () => {
    expect(takenTargets(alertOn('up', alive, { job: 'api' }), [job])).toBe(
      '1 more target counts into it than in virtual time',
    );
  });

  it('can do nothing about what else is written of a scrape', () => {
    const alert = alertOn('scrape_duration_seconds', alive, a.labels);
    expect(takenTargets(alert, [job])).toContain('scrape_duration_seconds is what Prometheus');
  });
});

describe('discovery', () => {
  it('forgets targets for their time', () => {
    const changes = discoveryChanges([job], [{ target: a, fromMs: 10, untilMs: 20 }]);
    const hosts = changes.map(({ atMs, text }) => [
      atMs,
      (JSON.parse(text) as { targets: string[] }[]).flatMap(({ targets }) => targets),
    ]);
    expect(hosts).toEqual([
      [10, ['b:80']],
      [20, ['a:80', 'b:80']],
    ]);
  });
});
