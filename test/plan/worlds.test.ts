import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makePlan } from '../../src/plan/index.ts';
import { EVERYTHING, selectable, selectionOf } from '../../src/plan/selection.ts';
import { worldsOf } from '../../src/plan/worlds.ts';
import type { WorldShare } from '../../src/plan/worlds.ts';
import type { Spec } from '../../src/model/spec.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';

const spec = await readSpec(STACK);
const SPEED = 100;
const ofMonitoring = ['alert/ServiceDown/alertmanager', 'alert/ServiceDown/prometheus'];

/** What each world proves, by its name. */
function sharesOf(most: number, selection = EVERYTHING, of = spec): Map<string | null, string[]> {
  return new Map(
    worldsOf(of, selection, most, SPEED).map((share) => [
      share.name,
      selectable(of).filter((name) => share.selection.wants(name)),
    ]),
  );
}

/** The stack with one more alert, on what its rules record. */
function withRule(expr: string, records: string[] = []): Spec {
  const [group, ...groups] = spec.prometheus.ruleGroups;
  const rules = [{ ...group!.rules[0]!, alert: 'Gone', expr }, ...group!.rules];
  return {
    ...spec,
    prometheus: { ...spec.prometheus, ruleGroups: [{ ...group!, rules, records }, ...groups] },
  };
}

/** How long each world's plan takes, ms of the run. */
const lengths = (shares: WorldShare[]): number[] =>
  shares.map((share) => makePlan(share.spec, 'stack', SPEED, share.selection).lengthMs);

describe('worlds side by side', () => {
  it('are one where the machine bears no more', () =>
    expect([...sharesOf(1).keys()]).toEqual([null]));

  it('of two, each thing is proved in exactly one', () => {
    const shares = sharesOf(2);
    expect([...shares.keys()]).toEqual([null, 'outages']);
    expect([...shares.values()].flat().sort()).toEqual(selectable(spec).sort());
  });

  it('the monitoring’s own outages are always apart, and others that would be the last', () => {
    const apart = sharesOf(2).get('outages')!;
    expect(apart).toEqual(expect.arrayContaining(ofMonitoring));
    expect(apart).toContain('alert/ServiceDown/ai');
    expect(apart.every((name) => name.startsWith('alert/ServiceDown/'))).toBe(true);
  });

  it('are through sooner than one, by a third at least', () => {
    const [one] = lengths(worldsOf(spec, EVERYTHING, 1, SPEED));
    expect(Math.max(...lengths(worldsOf(spec, EVERYTHING, 2, SPEED)))).toBeLessThan(one! * 0.67);
  });

  it('what takes long to start isn’t started twice', () =>
    expect(sharesOf(2).get('outages')).not.toContain('alert/ServiceDown/rabbitmq'));

  it('where nothing else is proved, it is in the run’s own', () => {
    const shares = sharesOf(2, selectionOf(spec, ofMonitoring));
    expect([...shares]).toEqual([[null, expect.arrayContaining(ofMonitoring)]]);
  });

  it('the smaller one has nothing in it but the jobs whose outages it proves', () => {
    const share = worldsOf(spec, EVERYTHING, 2, SPEED).find(({ name }) => name === 'outages')!;
    const plan = makePlan(share.spec, 'stack', SPEED, share.selection);
    const jobs = plan.jobs.map(({ name }) => name).sort();
    expect(plan.tracks.map(({ labels }) => labels['job']!).sort()).toEqual(jobs);
    expect([plan.metrics, plan.panels]).toEqual([[], []]);
    const file = plan.files.find(({ path }) => path === spec.prometheus.file)!;
    const { scrape_configs: scraped } = parse(file.text) as {
      scrape_configs: { job_name: string }[];
    };
    expect(scraped.map((job) => job.job_name).sort()).toEqual(jobs);
  });

  it.each([
    'absent(up{job="backend"})',
    'sum(up) or vector(0)',
    'count(up) < 1 or on() vector(1)',
    'count(up) < 3',
    'sum(sum_over_time(up[5m])) < 20',
  ])('an alert that may be active without its job keeps everything in one: %s', (expr) =>
    expect([...sharesOf(2, EVERYTHING, withRule(expr)).keys()]).toEqual([null]),
  );

  it.each(['sum(up) > 20', 'up > on () group_left () (2 * avg(up))'])(
    'an alert on several jobs keeps their outages together: %s',
    (expr) =>
      expect(sharesOf(2, EVERYTHING, withRule(expr)).get('outages')!.sort()).toEqual(ofMonitoring),
  );

  it('one that looks back for weeks doesn’t', () =>
    expect(
      sharesOf(2, EVERYTHING, withRule('avg_over_time(up[30d]) < 0.5')).get('outages')!.length,
    ).toBeGreaterThan(ofMonitoring.length));

  it('an alert on what is recorded keeps them together: of which jobs, isn’t known', () => {
    const apart = (records: string[]): string[] =>
      sharesOf(2, EVERYTHING, withRule('api_error_ratio > 0.05', records)).get('outages')!;
    expect(apart(['api_error_ratio']).sort()).toEqual(ofMonitoring);
    expect(apart([]).length).toBeGreaterThan(ofMonitoring.length);
  });
});
