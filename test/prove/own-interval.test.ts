import { describe, expect, it } from 'vitest';
import { makeProofPlan } from '../../src/prove/plan/index.ts';
import type { PlannedProof } from '../../src/prove/plan/index.ts';
import { groupOrder, problemOf } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';

const job = (name: string, every: string): string =>
  `{ job_name: ${name}, scrape_interval: ${every}, static_configs: [{ targets: ["${name}:1"] }] }`;
const OWN = job('own', '5s');
const SLOW = [job('first', '1m'), job('second', '1m')];

function proofOf(jobs: string[], ...rules: Record<string, string>[]): PlannedProof {
  const stack = readStack([
    {
      path: 'prometheus.yml',
      text: `global: { scrape_interval: 5s }\nrule_files: [r.yml]\nscrape_configs: [${jobs.join()}]\n`,
    },
    { path: 'r.yml', text: JSON.stringify({ groups: [{ name: 'g', interval: '10s', rules }] }) },
  ]);
  return makeProofPlan(stack, solutionOf(stack), {
    ...{ stackName: 's', withinMs: 600_000, speed: 5 },
    groupOrder: groupOrder(problemOf(stack).rules),
  });
}

const alert = (expr: string, name = 'A'): Record<string, string> => ({
  alert: name,
  expr,
  for: '1m',
});
/** The jobs that have an alert's series. */
const jobsOf = ({ plan }: PlannedProof, name = 'A'): string[] =>
  plan.tracks.flatMap((track) =>
    track.alert.name === name ? track.series.map((one) => one.job) : [],
  );

describe('series that are read over a window', () => {
  it.each([
    ['of two samples', [alert('rate(bytes[30s]) > 80')]],
    ['that is two scrapes long and no more', [alert('rate(bytes[2m]) > 80')]],
    ['of one sample', [alert('max_over_time(bytes[30s]) > 80')]],
    ['behind a recording rule', [{ record: 'r', expr: 'rate(bytes[30s])' }, alert('r > 80')]],
  ])('%s are put on a job that is scraped often enough', (_, rules) => {
    expect(jobsOf(proofOf([...SLOW, OWN], ...rules))).toEqual(['own']);
    // Whatever else is there already.
    const others = [alert('x > 5', 'X'), alert('y > 5', 'Y'), alert('z{job="own"} > 5', 'Z')];
    expect(jobsOf(proofOf([...SLOW, OWN], ...others, ...rules))).toEqual(['own']);
  });

  it.each([
    ['is long enough', 'rate(bytes[4m]) > 80'],
    ['is none', 'bytes > 80'],
  ])('are put where least is, where it %s', (_, expr) =>
    expect(jobsOf(proofOf([...SLOW, OWN], alert(expr)))).toEqual(['first']),
  );

  it('stay with the job that is called like them', () =>
    expect(jobsOf(proofOf([job('bytes', '1m'), OWN], alert('rate(bytes[30s]) > 80')))).toEqual([
      'bytes',
    ]));
});

describe('the world in virtual time', () => {
  const { world } = proofOf(
    [...SLOW, OWN],
    alert('rate(bytes[30s]) > 80'),
    alert('x{job="first"} > 5', 'X'),
  );
  const everyMs = (metric: string): (number | undefined)[] =>
    world.series.flatMap((one) => (one.metric === metric ? [one.everyMs] : []));

  it('has each series as often as its own job is scraped', () => {
    expect([everyMs('bytes'), everyMs('x')]).toEqual([[5_000], [60_000]]);
    expect(everyMs('up')).toEqual([60_000, 60_000, 5_000]);
    expect(world).toMatchObject({ gridMs: 5_000, scrapeMs: 60_000 });
  });

  it('has all as seldom as the most seldom where that would be too many samples', () => {
    const old = proofOf(
      [...SLOW, OWN],
      alert('max_over_time(bytes{job="own"}[90d]) > 80'),
      alert('x{job="first"} > 5', 'X'),
    );
    expect(new Set(old.world.series.map((one) => one.everyMs))).toEqual(new Set([60_000]));
    expect(old.world).toMatchObject({ gridMs: 60_000, scrapeMs: 60_000 });
  });
});
