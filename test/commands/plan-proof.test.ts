import { describe, expect, it } from 'vitest';
import { planProof } from '../../src/commands/plan-proof.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { readStack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';

const promtool = await findPromtool();
const { signal } = new AbortController();

/** The plan of one alert of a stack that is scraped each minute, by what virtual time says. */
const planOf = (expr: string, relabelling = ''): Promise<ProofPlan> =>
  planFor(
    [`{ job_name: api, static_configs: [{ targets: ['api:80'] }] ${relabelling} }`],
    [{ alert: 'A', expr }],
  );

async function planFor(jobs: string[], rules: object[]): Promise<ProofPlan> {
  const stack = readStack([
    {
      path: 'prometheus.yml',
      text: [
        'global: { scrape_interval: 1m, evaluation_interval: 30s }',
        'rule_files: [r.yml]',
        `scrape_configs: [${jobs.join()}]`,
      ].join('\n'),
    },
    {
      path: 'r.yml',
      text: JSON.stringify({ groups: [{ name: 'g', rules }] }),
    },
  ]);
  const options = { stackName: 's', withinMs: 600_000, speed: 10 };
  return (await planProof(stack, solutionOf(stack), promtool ?? '', signal, options)).plan;
}

describe.skipIf(promtool === undefined)('an alert that virtual time lets do nothing', () => {
  it('can never fire where the cause is known', async () => {
    const plan = await planOf('sum by (job) (rate(hits_total[1m])) > 1');
    expect(plan.tracks).toEqual([]);
    expect(plan.notProvoked).toMatchObject([
      { kind: 'cannot-fire-here', why: expect.stringContaining('needs two samples') as string },
    ]);
  });

  it('is judged by nobody where it is not', async () => {
    const joined = 'x > 1 and on (zone) y > 1';
    const moved = '{ source_labels: [__name__], regex: y, target_label: zone, replacement: far }';
    const relabelled = `, metric_relabel_configs: [${moved}]`;
    expect((await planOf(joined, relabelled)).notProvoked).toMatchObject([
      { kind: 'unjudged', why: expect.stringContaining("doesn't let it fire") as string },
    ]);
    expect((await planOf(joined)).notProvoked).toEqual([]);
  });

  it('is provoked where others are scraped more seldom than it bears', async () => {
    const jobs = ['{ job_name: slow, static_configs: [{ targets: ["slow:1"] }] }'];
    const own = '{ job_name: own, scrape_interval: 5s, static_configs: [{ targets: ["own:1"] }] }';
    const rules = [
      { alert: 'A', expr: 'rate(hits_total[30s]) > 80', for: '1m' },
      { alert: 'X', expr: 'x{job="slow"} > 5', for: '1m' },
    ];
    const plan = await planFor([...jobs, own], rules);
    expect(plan.notProvoked).toEqual([]);
    expect(plan.tracks).toMatchObject([{ way: 'live' }, { way: 'live' }]);
  });

  it('is provoked where nothing stands in its way', async () => {
    const plan = await planOf('sum by (job) (rate(hits_total[5m])) > 1');
    expect(plan.notProvoked).toEqual([]);
    expect(plan.tracks).toMatchObject([{ way: 'live' }]);
  });
});
