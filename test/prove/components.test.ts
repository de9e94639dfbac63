import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import { makeProofPlan } from '../../src/prove/plan/index.ts';
import type { AskedComponent } from '../../src/prove/plan/components.ts';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';

const PROMETHEUS = `global: { scrape_interval: 15s }
rule_files: [rules.yml]
scrape_configs:
  - job_name: cache
    static_configs: [{ targets: ["redis-exporter:9121", "second:9121"] }]
  - job_name: probes
    metrics_path: /scrape
    params: { target: ["redis://redis:6379"] }
    static_configs: [{ targets: ["redis-exporter:9121"] }]
  - job_name: nobody
    static_configs: [{ targets: [] }]
`;
const RULES = `groups:
  - name: cache
    rules:
      - { alert: Misses, expr: redis_keyspace_misses_total > 5 }
`;
const source = { file: 'contract.yaml', line: 2, column: 1 };
const redis = (job: string): AskedComponent => ({
  ...{ job, component: 'redis-exporter', behind: ['redis'], source },
});

function planWith(components: AskedComponent[]): ProofPlan {
  const stack = readStack([
    { path: 'prometheus.yml', text: PROMETHEUS },
    { path: 'rules.yml', text: RULES },
  ]);
  const options = { stackName: 's', withinMs: 600_000, groupOrder: [], components };
  return makeProofPlan(stack, { recipes: [], unsolved: [] }, options).plan;
}

describe('a real component behind a job', () => {
  it('stands behind its first target, under a name of its own; the others are synthetic', () => {
    const { targets, components, hosts, selected, notes } = planWith([redis('cache')]);
    const fronts = targets.filter(({ path }) => path === '/metrics');
    expect(fronts.map(({ host, real }) => [host, real])).toEqual([
      ['redis-exporter', 'http://real-1:9121/metrics'],
      ['second', undefined],
    ]);
    expect(components).toEqual([
      { job: 'cache', component: 'redis-exporter', target: 'real-1:9121' },
    ]);
    expect(Object.keys(hosts)).toEqual(expect.arrayContaining(['real-1', 'redis']));
    expect(selected).toEqual(['redis_keyspace_misses_total']);
    expect(notes.join()).toContain('behind the job cache runs the real redis-exporter, with redis');
  });

  it('is none where nobody asks for it', () => {
    const { targets, components } = planWith([]);
    expect(components).toEqual([]);
    expect(targets.filter(({ real }) => real !== undefined)).toEqual([]);
  });

  it.each([
    ['probes', /asks \/scrape with parameters of its own/],
    ['nobody', /has no target that redis-exporter could stand behind/],
  ])('can’t be behind the job %s, which is told with its place', (job, message) => {
    const problems = (() => {
      try {
        planWith([redis(job)]);
        return [];
      } catch (error) {
        if (error instanceof InputError) return error.problems;
        throw error;
      }
    })();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.source).toEqual(source);
    expect(problems[0]?.message).toMatch(message);
  });
});
