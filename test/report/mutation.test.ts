import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { scoreOf } from '../../src/lib/mutation-score.ts';
import type { Fate, MutationResult } from '../../src/model/mutation.ts';
import { mutationJson } from '../../src/report/mutate/json.ts';
import { strykerJson } from '../../src/report/mutate/stryker.ts';
import { mutationPage } from '../../src/report/mutate/page.ts';
import { mutationText } from '../../src/report/mutate/text.ts';

const FATES: Fate[] = ['killed', 'survived', 'equivalent', 'undecided', 'invalid'];
const RESULT: MutationResult = {
  of: 5,
  seed: 1,
  ...{ left: 0, unread: [] },
  results: FATES.map((fate, i) => ({
    mutant: {
      id: `m${i}`,
      kind: 'rule',
      operator: `operator-${i}`,
      subject: 'alert A',
      at: { file: 'rules.yml', line: 2, column: 3, endLine: 2, endColumn: 4 },
      was: '0.05',
      becomes: '0.06',
      changes: undefined,
    },
    fate,
    because: `because of ${fate}`,
  })),
};

it('Stryker’s viewer can show it: the report is of its schema', () => {
  const file = createRequire(import.meta.url).resolve(
    'mutation-testing-report-schema/mutation-testing-report-schema.json',
  );
  const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
  const report: unknown = JSON.parse(strykerJson(RESULT, new Map([['rules.yml', 'groups: []\n']])));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  expect([validate(report), validate.errors]).toEqual([true, null]);
  expect(validate({ ...(report as object), files: { a: {} } })).toBe(false);
});

it('for machines: the counts stand at the top', () => {
  expect(JSON.parse(mutationJson(RESULT, scoreOf(RESULT.results)))).toMatchObject({
    mutants: 5,
    killed: 1,
    survived: 1,
    equivalent: 1,
    undecided: 1,
    invalid: 1,
    score: 0.5,
  });
});

it('as a page: what goes unnoticed stands first, and every text is escaped', () => {
  const [first] = RESULT.results;
  if (!first) throw new Error('no result');
  const assets = { script: '', styles: '', guide: '' };
  const hostile = { ...first, because: '<script>alert(1)</script>' };
  const page = mutationPage(
    { ...RESULT, results: [hostile, ...RESULT.results.slice(1)] },
    's',
    assets,
  );
  expect(page).toContain('Score 50%: 1 of 2 mistakes would go unnoticed');
  expect(page.indexOf('because of survived')).toBeGreaterThan(0);
  expect(page.indexOf('because of survived')).toBeLessThan(page.indexOf('because of undecided'));
  expect(page.indexOf('because of undecided')).toBeLessThan(page.indexOf('because of equivalent'));
  expect(page).not.toContain('<script>alert');
});

it('a sample says what it was drawn from', () => {
  const text = (of: number): string =>
    mutationText({ ...RESULT, of }, { color: false, width: 80, verbose: false });
  expect(text(9)).toContain('drawn from 9 (seed 1)');
  expect(text(5)).not.toContain('drawn');
  expect(mutationPage({ ...RESULT, of: 9 }, 's', { script: '', styles: '', guide: '' })).toContain(
    '5 of 9, seed 1',
  );
});

it('what could not be judged is no pass', () => {
  const noticed = RESULT.results.slice(0, 1);
  const headOf = (more: Partial<MutationResult>): string => {
    const assets = { script: '', styles: '', guide: '' };
    const page = mutationPage({ ...RESULT, of: 1, results: noticed, ...more }, 's', assets);
    return /<section class="summary [^]*?<\/section>/.exec(page)?.[0] ?? '';
  };
  expect(headOf({})).toContain('summary pass');
  const unread = headOf({ unread: ['r.yml:2:3: it stops too early'] });
  expect([unread.includes('summary inconclusive'), unread.includes('r.yml:2:3')]).toEqual([
    true,
    true,
  ]);
  const left = headOf({ left: 4, of: 5 });
  expect(left).toContain('summary inconclusive');
  expect(left).toMatch(/not judged<\/dt><dd>4/);
});

it('for people: what goes unnoticed first, why, and the score last', () => {
  const text = mutationText(RESULT, { color: false, width: 80, verbose: false });
  expect(text.split('\n')[0]).toBe('rules.yml:2:3  alert A');
  expect(text).toContain('unnoticed  0.05 → 0.06 [operator-1]');
  expect(text).toContain('because of survived');
  expect(text).toContain('undecided  1: because of undecided');
  expect(text.split('\n').slice(-2)).toEqual([
    'score 50%: 1 noticed, 1 unnoticed, 1 undecided, 1 mean the same, 1 refused by',
    'the engine of 5 mutants',
  ]);
});

it.each([60, 80, 120])('no line is longer than a terminal of %i columns', (width) => {
  const long = RESULT.results.map((one) => ({
    ...one,
    mutant: { ...one.mutant, subject: 'record namespace_job:http_requests_failed:ratio_rate5m' },
  }));
  for (const results of [RESULT.results, long]) {
    const text = mutationText({ ...RESULT, results }, { color: false, width, verbose: true });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    expect(text).toMatch(/50%\s+1\s+1\s+1/);
  }
});
