import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpec } from '../../src/spec/index.ts';
import { COMPONENT_NAMES, TECHNOLOGIES, movesSignal } from '../../src/technologies/registry.ts';
import { collide, resourceOfJob, resourcesOf } from '../../src/technologies/resources.ts';
import { PROJECT } from '../support/cases.ts';
import { STACK } from '../support/stack-copy.ts';

const { contract } = await readSpec(STACK);

describe('the registry', () => {
  it('has each folder once, under its own name', () => {
    const folders = readdirSync(join(PROJECT, 'src/technologies'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(TECHNOLOGIES.map(({ name }) => name).sort()).toEqual(folders.sort());
    for (const folder of folders)
      expect(existsSync(join(PROJECT, 'src/technologies', folder, 'index.ts')), folder).toBe(true);
  });

  it('knows each component and each kind of stimulus by one technology alone', () => {
    const twice = (names: string[]): string[] =>
      names.filter((name, i) => names.indexOf(name) !== i);
    expect(twice(TECHNOLOGIES.flatMap((t) => t.components.map(({ name }) => name)))).toEqual([]);
    expect(twice(TECHNOLOGIES.flatMap((t) => t.stimuli.map(({ kind }) => kind)))).toEqual([]);
  });

  it.each(TECHNOLOGIES.flatMap(({ stimuli }) => stimuli.map((s) => [s.kind, s] as const)))(
    '%s: a level is something that a scrape shows, and takes a part of a known component',
    (kind, stimulus) => {
      if (!stimulus.level) return expect(stimulus.signal({ kind })).toBeNull();
      const { min, max } = stimulus.level;
      expect(min).toBeLessThan(max);
      expect(stimulus.recipe?.series.some(({ at }) => at(min) !== at(max))).toBe(true);
      for (const { component } of stimulus.occupies({ kind, service: 'backend' }))
        expect(COMPONENT_NAMES).toContain(component);
      return undefined;
    },
  );
});

describe('resources', () => {
  it('are named after the technology, the target and the part', () => {
    const of = (kind: string, service?: string): string[] =>
      resourcesOf({ kind, ...(service === undefined ? {} : { service }) }, contract.jobs);
    expect(of('redis-hits')).toEqual(['redis:redis-exporter:9121/keyspace']);
    expect(of('host-cpu')).toEqual(['host:node-exporter:9100/cpu']);
    expect(of('request-errors', 'backend')).toEqual(['gt-vision:backend:8000/errors']);
    expect(of('always')).toEqual([]);
    expect(of('outage')).toEqual(contract.jobs.map(resourceOfJob));
  });

  it('of the contract: each alert takes one part, what has no answer the part whose figures it hides, each outage its job', () => {
    const states = contract.alerts.filter(({ stimulus }) => stimulus.kind !== 'outage');
    const taken = states.flatMap(({ stimulus }) => resourcesOf(stimulus, contract.jobs));
    const shared = taken.filter((one, i) => taken.indexOf(one) !== i);
    expect(shared.sort()).toEqual([
      'object-storage:minio:9000/objects',
      'postgres:postgres-exporter:9187/connections',
      'rabbitmq:rabbitmq:15692/queues',
      'redis:redis-exporter:9121/keyspace',
    ]);
    expect(taken.length).toBe(states.filter((alert) => movesSignal(alert.stimulus)).length);
    for (const one of taken) {
      const outages = resourcesOf({ kind: 'outage' }, contract.jobs);
      expect(outages.filter((outage) => collide(outage, one))).toHaveLength(1);
    }
  });

  it('collide when one is the other, or a part of it', () => {
    expect(collide('redis:r:1/keyspace', 'redis:r:1/keyspace')).toBe(true);
    expect(collide('redis:r:1', 'redis:r:1/keyspace')).toBe(true);
    expect(collide('redis:r:1/keyspace', 'redis:r:1')).toBe(true);
    expect(collide('redis:r:1/keyspace', 'redis:r:1/memory')).toBe(false);
    expect(collide('redis:r:1', 'redis:r:12')).toBe(false);
  });
});
