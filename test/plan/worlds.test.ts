import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { makePlan } from '../../src/plan/index.ts';
import { EVERYTHING, selectable, selectionOf } from '../../src/plan/selection.ts';
import { worldsOf } from '../../src/plan/worlds.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';

const spec = await readSpec(STACK);
const ofMonitoring = ['alert/ServiceDown/alertmanager', 'alert/ServiceDown/prometheus'];

/** What each world proves, by its name. */
function sharesOf(most: number, selection = EVERYTHING, of = spec): Map<string | null, string[]> {
  return new Map(
    worldsOf(of, selection, most).map((share) => [
      share.name,
      selectable(of).filter((name) => share.selection.wants(name)),
    ]),
  );
}

describe('worlds side by side', () => {
  it('are one where the machine bears no more', () =>
    expect([...sharesOf(1).keys()]).toEqual([null]));

  it.each([2, 3])('of %d each thing is proved in exactly one', (most) => {
    const shares = sharesOf(most);
    expect(shares.size).toBe(most);
    expect([...shares.values()].flat().sort()).toEqual(selectable(spec).sort());
  });

  it('the monitoring’s own outages are the first to have their own', () =>
    expect(sharesOf(2).get('monitoring')?.sort()).toEqual(ofMonitoring));

  it('where nothing else is proved, it is in the run’s own', () => {
    const shares = sharesOf(2, selectionOf(spec, ofMonitoring));
    expect([...shares]).toEqual([[null, expect.arrayContaining(ofMonitoring)]]);
  });

  it('that of the monitoring has nothing else in it', () => {
    const world = worldsOf(spec, EVERYTHING, 2).find(({ name }) => name === 'monitoring')!;
    const plan = makePlan(world.spec, 'stack', 60, world.selection);
    expect(plan.jobs.map(({ component }) => component).sort()).toEqual([
      'alertmanager',
      'prometheus',
    ]);
    expect([plan.metrics, plan.panels, Object.keys(plan.load.arrivals)]).toEqual([[], [], []]);
    const file = plan.files.find(({ path }) => path === spec.prometheus.file)!;
    const { scrape_configs: jobs } = parse(file.text) as { scrape_configs: { job_name: string }[] };
    expect(jobs.map((job) => job.job_name).sort()).toEqual(
      plan.jobs.map(({ name }) => name).sort(),
    );
  });

  it.each(['absent(up{job="backend"})', 'sum(up) or vector(0)', 'count(up) < 1 or on() vector(1)'])(
    'an alert that may be active without its job keeps the monitoring where it is: %s',
    (expr) => {
      const [group, ...groups] = spec.prometheus.ruleGroups;
      const rules = [{ ...group!.rules[0]!, alert: 'Gone', expr }, ...group!.rules];
      const prometheus = { ...spec.prometheus, ruleGroups: [{ ...group!, rules }, ...groups] };
      expect([...sharesOf(2, EVERYTHING, { ...spec, prometheus }).keys()]).toEqual([null]);
    },
  );
});
