import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Recipe, Unsolved } from '../../src/model/recipe.ts';
import { problemOf, recordedBy, solveRule } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import { unpinnedSides } from './support.ts';

/** What solving an alert gives where each job of its stack is scraped at these intervals. */
function scraped(
  expr: string,
  intervals: string[],
  { record, more = {} }: { record?: string; more?: Record<string, unknown> } = {},
): Recipe | Unsolved {
  const jobs = intervals.map((scrape_interval, i) => ({
    ...{ job_name: `j${i}`, scrape_interval },
    static_configs: [{ targets: [`host-${i}:1`] }],
  }));
  const recording = record === undefined ? [] : [{ record, expr: 'sum(x)' }];
  const rules = [...recording, { alert: 'A', expr, for: '1m' }];
  const configuration = { rule_files: ['r.yml'], scrape_configs: jobs, ...more };
  const files = [
    { path: 'prometheus.yml', text: stringify(configuration) },
    { path: 'r.yml', text: stringify({ groups: [{ name: 'g', interval: '15s', rules }] }) },
  ];
  const problem = problemOf(readStack(files));
  const rule = problem.rules.at(-1);
  if (!rule) throw new Error('no rule');
  return solveRule(rule, problem, recordedBy(problem.rules));
}

describe('how many samples a window can hold', () => {
  it('is proved from how often anything is scraped', () => {
    const most = '5m hold at most 21 samples of what is scraped every 15s';
    expect(scraped('count_over_time(x[5m]) > 30', ['15s', '1m'])).toMatchObject({
      kind: 'unsatisfiable',
      reason: expect.stringContaining(most) as string,
    });
    expect(scraped('count_over_time(x[5m]) > 15', ['15s', '1m'])).toHaveProperty('pairs');
  });

  it('is not where one job is scraped often enough, or nobody knows', () => {
    expect(scraped('count_over_time(x[5m]) > 30', ['5s', '1m'])).toHaveProperty('pairs');
    expect(scraped('count_over_time(x[5m]) > 30', [])).toHaveProperty('pairs');
  });

  it('is not said of what a rule records', () => {
    const recorded = scraped('count_over_time(job:x[5m]) > 15', ['1m'], { record: 'job:x' });
    expect(recorded).not.toMatchObject({ kind: 'unsatisfiable' });
  });

  it.each([
    ['what is recorded elsewhere', 'count_over_time(job:x:rate5m[1h]) > 100'],
    ['what Prometheus writes of alerts', 'count_over_time(ALERTS{alertname="X"}[1h]) > 100'],
    ['what has any name', 'count_over_time({job="j0"}[1h]) > 100'],
  ])('is not said of %s', (_, expr) => {
    expect(scraped(expr, ['1m'])).not.toMatchObject({ kind: 'unsatisfiable' });
    expect(scraped('count_over_time({__name__="x"}[1h]) > 100', ['1m'])).toMatchObject({
      kind: 'unsatisfiable',
    });
  });

  it.each([
    ['jobs stand in a file that is not here', { scrape_config_files: ['jobs/*.yml'] }],
    ['series come from another store', { remote_read: [{ url: 'http://store/read' }] }],
  ])('is not said where %s', (_, more) =>
    expect(scraped('count_over_time(x[5m]) > 30', ['15s'], { more })).toHaveProperty('pairs'),
  );

  it('leaves a limit beyond it without any meaning', () => {
    const recipe = scraped('count_over_time(x[5m]) < 30', ['15s']);
    const pins = 'pins' in recipe ? recipe.pins : [];
    expect(pins).toMatchObject([
      { lower: false, loose: { lower: { equivalent: true }, higher: { equivalent: true } } },
    ]);
  });

  it('has steps where it is divided: no count lies between two of them', () => {
    const recipe = scraped('count_over_time(x[5m]) / 20 < 0.8', ['15s']);
    const pins = 'pins' in recipe ? recipe.pins : [];
    expect(pins).toMatchObject([{ value: 0.8, loose: { lower: { equivalent: true } } }]);
    expect(unpinnedSides(pins)).toEqual([]);
  });
});
