import { expect, it } from 'vitest';
import { checkStack } from '../../src/check/index.ts';
import { ownFiles, staticJudge } from '../../src/mutate/judge/static.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const FILES = [
  {
    path: 'a.yml',
    text: `groups:
  - name: g
    rules:
      - alert: A
        expr: x > 1
        for: 5m
        labels: { severity: critical }
        annotations: { summary: it is }
`,
  },
];
const judge = staticJudge(FILES, (files) => checkStack(files).findings);
const judged = (operator: string) =>
  ruleMutants(readStack(FILES))
    .filter((mutant) => mutant.operator === operator)
    .map((mutant) => judge(mutant)?.because);

it('what makes the files wrong is noticed, by the words of the check', () => {
  expect(judged('annotation-dropped')).toEqual(['check: A has no summary [alert/no-summary]']);
  expect(judged('rule-duplicated')[0]).toMatch(/^check: .*\[alert\/duplicate\]$/);
});

it('what was wrong before is no news, and what leaves the files right isn’t noticed', () => {
  expect(checkStack(FILES).findings.length).toBeGreaterThan(0);
  expect(judged('limit-moved')).toEqual([undefined, undefined]);
});

it('where the scope is a mutant’s own files, the others are left out', () => {
  const others = [...FILES, { path: 'b.yml', text: 'groups: [' }];
  const read: string[][] = [];
  const own = staticJudge(
    others,
    (files) => {
      read.push(files.map(({ path }) => path));
      return checkStack(files).findings;
    },
    ownFiles(others),
  );
  const [deleted, again] = ruleMutants(readStack(FILES)).filter(
    ({ operator }) => operator === 'annotation-dropped' || operator === 'label-dropped',
  );
  if (!deleted || !again) throw new Error('no mutants');
  expect([own(deleted)?.fate, own(again)?.fate]).toEqual(['killed', 'killed']);
  // Once as it is, and once for each mutant.
  expect(read).toEqual([['a.yml'], ['a.yml'], ['a.yml']]);
});
