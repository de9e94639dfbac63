import { describe, expect, it } from 'vitest';
import { checkStack, readStack } from '../../src/check/index.ts';
import { judgeScraping } from '../../src/mutate/judge/scraping.ts';
import type { Scraped } from '../../src/mutate/judge/scraping.ts';
import { changedFiles, staticJudge } from '../../src/mutate/judge/static.ts';
import { scrapingMutants } from '../../src/mutate/scraping.ts';
import type { ScrapeJob } from '../../src/stack/prometheus.ts';

const FILES = [
  {
    path: 'prometheus.yml',
    text: `global:
  scrape_interval: 15s
  scrape_timeout: 10s
  external_labels: { cluster: a }
scrape_configs:
  - job_name: api
    static_configs:
      - targets: ["api:80"]
`,
  },
  {
    path: 'contract.yaml',
    text: `version: 1
jobs: { api: { target: "api:80" } }
metrics:
  x: { type: gauge, jobs: [api] }
  wanted_total: { type: counter, jobs: [api] }
  many: { type: gauge, jobs: [api], series: 20 }
scraping: { scrape_interval: 15s, scrape_timeout: 10s, metrics_path: /metrics, scheme: http, external_labels: { cluster: a } }
`,
  },
];
const mutants = scrapingMutants(readStack(FILES).prometheus);
const judgeOf = (files: typeof FILES) => staticJudge(files, (all) => checkStack(all).findings);
const judge = judgeOf(FILES);

describe('each way of getting scraping wrong', () => {
  it.each([
    ['job-dropped', ['']],
    ['port-changed', ['api:81']],
    ['path-changed', ['/metricsx']],
    ['scheme-changed', ['https']],
    ['scrape-interval-changed', ['1m', '5s']],
    ['scrape-timeout-changed', ['5s']],
    ['external-label-changed', ['ax']],
    ['external-label-dropped', ['']],
  ])('%s is noticed', (operator, becomes) => {
    const own = mutants.filter((mutant) => mutant.operator === operator);
    expect(own.map((mutant) => mutant.becomes)).toEqual(becomes);
    for (const mutant of own)
      expect(judge(mutant)?.because).toMatch(/\[promise\/scraped-otherwise\]$/);
  });

  it.each([
    ['metrics-dropped', /leaves no wanted_total, which the contract promises/],
    ['label-relabelled', /makes `instance` api, and api:80 is promised/],
    ['sample-limit', /is 10, and the contract allows 22 series/],
  ])('%s is noticed by what the contract promises of the samples', (operator, because) => {
    const own = mutants.find((mutant) => mutant.operator === operator);
    expect(own && judge(own)?.because).toMatch(because);
  });
});

it('of several external labels each has mutants of its own', () => {
  const labels = '{ cluster: a, environment: b }';
  const files = FILES.map((file) => ({
    ...file,
    text: file.text.replace('{ cluster: a }', labels),
  }));
  const ids = scrapingMutants(readStack(files).prometheus).map(({ id }) => id);
  expect(ids.filter((id) => id.includes('external-label-dropped'))).toHaveLength(2);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('what the contract says nothing of', () => {
  const files = FILES.map((file) => ({
    ...file,
    text: file.text.replace(/^ {2}(wanted|many).*\n/gm, ''),
  }));
  const scraped = (samples: number, renamed: string[] = []): Map<string, Scraped> =>
    new Map([['api', { samples, renamed }]]);
  const fateOf = (operator: string, known?: Map<string, Scraped>, reads = 'x > 1'): string => {
    const rules = `groups: [{ name: g, rules: [{ alert: A, expr: '${reads}' }] }]`;
    const own = [...files, { path: 'rules.yml', text: rules }];
    const stack = readStack(own);
    const mutant = scrapingMutants(stack.prometheus).find((m) => m.operator === operator);
    if (!mutant) throw new Error('no mutant');
    expect(judgeOf(own)(mutant)).toBeUndefined();
    const jobIn = (): ScrapeJob | undefined =>
      readStack(changedFiles(own, mutant)).prometheus[0]?.jobs[0];
    return judgeScraping(mutant, stack, jobIn, known).fate;
  };

  it.each([
    ['metrics-dropped', undefined, 'x > 1', 'equivalent'],
    ['metrics-dropped', undefined, 'rate(y_total[1m]) > 1', 'survived'],
    ['metrics-dropped', undefined, '{job="api"} > 1', 'survived'],
    ['sample-limit', undefined, 'x > 1', 'undecided'],
    ['sample-limit', scraped(11), 'x > 1', 'killed'],
    ['sample-limit', scraped(10), 'x > 1', 'survived'],
    ['honor-labels', undefined, 'x > 1', 'undecided'],
    ['honor-labels', scraped(11), 'x > 1', 'equivalent'],
    ['honor-labels', scraped(11, ['instance']), 'x > 1', 'killed'],
  ])('%s, with %j of a run, read by %s: %s', (operator, known, reads, fate) =>
    expect(fateOf(operator, known, reads)).toBe(fate),
  );
});

it('without the promise the same interval goes unnoticed', () => {
  const silent = FILES.map((file) => ({ ...file, text: file.text.replace(/^scraping.*\n/m, '') }));
  const interval = mutants.find(({ operator }) => operator === 'scrape-interval-changed');
  if (!interval) throw new Error('no mutant');
  expect([judgeOf(silent)(interval), judge(interval)?.fate]).toEqual([undefined, 'killed']);
});
