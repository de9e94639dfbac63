import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/lib/errors.ts';
import { isPartialContract, readPartialContract } from '../../src/spec/partial.ts';
import { readStack } from '../../src/stack/index.ts';
import type { Stack } from '../../src/stack/index.ts';

const DIR = join(import.meta.dirname, '../stacks/shop');
const FILES = ['prometheus.yml', 'alertmanager.yml', 'rules.yml'].map((path) => ({
  path,
  text: readFileSync(join(DIR, path), 'utf8'),
}));
const shop = (contract: string): Stack =>
  readStack([...FILES, { path: 'contract.yaml', text: contract }]);
const problemsOf = (contract: string): string[] => {
  try {
    readPartialContract(shop(contract));
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ source, message }) => `${source.line}: ${message}`);
  }
};

describe('what is asked for behind jobs', () => {
  const asking = (pairs: string): string => `version: 1\ntechnologies: ${pairs}\n`;

  it('is a technology for a job', () =>
    expect(readPartialContract(shop(asking('{ shop: redis }')))?.technologies).toEqual([
      {
        ...{ job: 'shop', technology: 'redis' },
        source: { file: 'contract.yaml', line: 2, column: 17 },
      },
    ]));

  it.each([
    ['{ shop: nginx }', '2: '],
    ['{ till: redis }', '2: no scrape job has the name `till`'],
    ['{ shop: redis, blackbox: redis }', '2: redis stands behind the job shop already'],
  ])('%s is told with its place', (pairs, problem) => {
    const problems = problemsOf(asking(pairs));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe('a contract that speaks of one alert', () => {
  const ONE = `version: 1
alerts:
  SiteDown: { severity: critical, for: 1m, receivers: [pager], says: [does not answer] }
`;
  it('has no problem, whatever it leaves open', () => expect(problemsOf(ONE)).toEqual([]));

  it('promises what it says, and nothing else', () => {
    expect(readPartialContract(shop(ONE))?.alerts).toEqual([
      {
        name: 'SiteDown',
        severity: 'critical',
        forMs: 60_000,
        receivers: ['pager'],
        says: ['does not answer'],
        source: { file: 'contract.yaml', line: 3, column: 3 },
      },
    ]);
  });

  it('may promise more than a proof on synthetic targets can hold, which is told apart', () =>
    expect(readPartialContract(shop(`${ONE}metrics: {}\ntelling: {}\n`))?.others).toEqual([
      'metrics',
      'telling',
    ]));

  it('may name jobs and receivers that the stack has, and severities of its own', () => {
    const open = `version: 1
jobs: { shop: {}, blackbox: {} }
receivers: { pager: { kind: opsgenie } }
alerts: { SiteDown: { severity: page-me } }
`;
    expect(problemsOf(open)).toEqual([]);
    expect(isPartialContract(shop(open))).toBe(true);
  });

  it('is whole as soon as a job says what runs behind its target', () => {
    const whole = 'version: 1\njobs: { shop: { target: "shop:80", component: redis } }\n';
    expect(isPartialContract(shop(whole))).toBe(false);
  });

  it('is told every name that nobody has, each with its line', () => {
    const wrong = `version: 1
jobs: { shops: {} }
receivers: { page: { kind: opsgenie } }
alerts:
  SiteDwn: { severity: critical }
  SiteDown: { receivers: [pagers], fro: 1m }
`;
    expect(problemsOf(wrong)).toEqual([
      expect.stringMatching(/^6: .*fro/),
      '5: no rule file has an alert `SiteDwn`',
      '6: Alertmanager has no receiver `pagers`',
      '3: Alertmanager has no receiver `page`',
      '2: no scrape job has the name `shops`',
    ]);
  });
});
