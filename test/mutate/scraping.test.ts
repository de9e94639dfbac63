import { describe, expect, it } from 'vitest';
import { checkStack, readStack } from '../../src/check/index.ts';
import { staticJudge } from '../../src/mutate/judge/static.ts';
import { needsRun, scrapingMutants } from '../../src/mutate/scraping.ts';

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
metrics: { x: { type: gauge, jobs: [api] } }
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

  it('what changes the samples alone needs a run', () => {
    const open = mutants.filter((mutant) => judge(mutant) === undefined);
    expect(open.map(({ operator }) => operator)).toEqual([
      'metrics-dropped',
      'label-relabelled',
      'sample-limit',
      'honor-labels',
    ]);
    expect(open.every(needsRun)).toBe(true);
  });
});

it('without the promise the same interval goes unnoticed', () => {
  const silent = FILES.map((file) => ({ ...file, text: file.text.replace(/^scraping.*\n/m, '') }));
  const interval = mutants.find(({ operator }) => operator === 'scrape-interval-changed');
  if (!interval) throw new Error('no mutant');
  expect([judgeOf(silent)(interval), judge(interval)?.fate]).toEqual([undefined, 'killed']);
});
