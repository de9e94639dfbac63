import { expect, it } from 'vitest';
import type { Fate, MutantResult, RuleMutant } from '../../src/model/mutation.ts';
import { bodyOf } from '../../src/mutate/body.ts';
import { equivalenceOf } from '../../src/mutate/judge/equivalent.ts';
import { alertSubject, ruleText } from '../../src/mutate/judge/subject.ts';
import type { Subject, VirtualCase } from '../../src/mutate/judge/subject.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { judgeInVirtualTime } from '../../src/mutate/judge/virtual.ts';
import type { VirtualVerdict } from '../../src/mutate/judge/virtual.ts';
import { readStack } from '../../src/stack/index.ts';

const stack = readStack([
  {
    path: 'rules.yml',
    text: `groups:
  - name: g
    rules:
      - record: job:x
        expr: sum by (job) (x)
      - alert: A
        expr: job:x > 10
        annotations: { summary: "{{ $labels.job }}" }
      - alert: B
        expr: job:x > 20
      - alert: Unproved
        expr: y > 1
`,
  },
]);
const { rules } = stack;
const subject = (alert: string, own: number[]): Subject =>
  alertSubject({
    alert,
    rules: own.flatMap((index) => {
      const rule = rules[index];
      return rule ? [{ index, text: ruleText(bodyOf(rule)) }] : [];
    }),
    evaluationMs: 60_000,
    testFile: () => '',
    printable: new Set(['alertname', 'job']),
  });
const SUBJECTS = [subject('A', [0, 1]), subject('B', [0, 2])];
const mutants = ruleMutants(stack);
const one = (rule: number, operator: string): RuleMutant => {
  const found = mutants.find((m) => m.rules[0] === rule && m.operator === operator);
  if (!found) throw new Error(`no ${operator} of rule ${rule}`);
  return found;
};

async function fates(
  asked: RuleMutant[],
  engine: (rules: string) => VirtualVerdict,
  subjects = SUBJECTS,
): Promise<{ fates: Fate[]; because: string[]; cases: number }> {
  let cases = 0;
  const run = (list: VirtualCase[]): Promise<VirtualVerdict[]> => {
    cases += list.length;
    return Promise.resolve(list.map((c) => engine(c.rules)));
  };
  const results: MutantResult[] = [];
  await judgeInVirtualTime(asked, subjects, {
    run,
    unseen: () => ({ fate: 'undecided', because: 'It needs a word.' }),
    equivalent: (mutant) => equivalenceOf(mutant, rules, () => false),
    onResult: (result) => void results.push(result),
  });
  return {
    fates: results.map(({ fate }) => fate),
    because: results.map(({ because }) => because),
    cases,
  };
}
const passes = (): VirtualVerdict => ({ passed: true });
const fails = (output: string) => (): VirtualVerdict => ({ passed: false, output });

it('what breaks a statement is noticed, by the alert that first does', async () => {
  const { fates: found, because } = await fates([one(1, 'limit-moved')], fails('exp: 1, got: nil'));
  expect([found, because]).toEqual([['killed'], ['A: exp: 1, got: nil']]);
});

it('what breaks nothing survives, with what would have told it apart', async () => {
  const { fates: found, because } = await fates([one(1, 'limit-moved')], passes);
  expect(found).toEqual(['survived']);
  expect(because[0]).toBe('No level lies between 10 and 11: one such as 10.5 would tell.');
});

it('a recording rule is looked at by every alert that reads it, until one notices', async () => {
  const onlyB = (text: string): VirtualVerdict =>
    text.includes('alert: B') ? { passed: false, output: 'B differs' } : { passed: true };
  const seen = await fates([one(0, 'aggregation-swapped')], onlyB);
  expect([seen.fates, seen.cases]).toEqual([['killed'], 2]);
  const first = await fates([one(0, 'aggregation-swapped')], fails('differs'));
  expect(first.cases).toBe(1);
});

it('a rule that is gone is gone from what the engine is given', async () => {
  const texts: string[] = [];
  await fates([one(1, 'rule-deleted')], (text) => {
    texts.push(text);
    return { passed: false, output: 'nothing fires' };
  });
  expect(texts).toEqual([expect.not.stringContaining('alert: A')]);
});

it('what the engine refuses is invalid; of what is not proved nobody can say anything', async () => {
  const refused = await fates([one(1, 'bool-added')], fails('could not parse expression: 1:5'));
  expect(refused.fates).toEqual(['invalid']);
  const unproved = await fates([one(3, 'limit-moved')], passes);
  expect([unproved.fates, unproved.because, unproved.cases]).toEqual([
    ['undecided'],
    ['It needs a word.'],
    0,
  ]);
});

it('a text that prints a label which no instance has is noticed, any other is not', async () => {
  const texts = await fates(
    [one(1, 'annotation-label-misspelt'), one(1, 'annotation-dropped')],
    passes,
  );
  expect(texts.fates).toEqual(['killed', 'survived']);
});

it('where the tests look at what people read, the engine is asked about texts too', async () => {
  const { name, rules: own, caseOf } = subject('A', [0, 1]);
  const cases: string[] = [];
  await judgeInVirtualTime([one(1, 'annotation-dropped')], [{ name, rules: own, caseOf }], {
    run: (list) => {
      cases.push(...list.map((c) => c.rules));
      return Promise.resolve(list.map(passes));
    },
    unseen: () => ({ fate: 'undecided', because: '' }),
    equivalent: () => undefined,
    onResult: () => undefined,
  });
  expect(cases).toEqual([expect.not.stringContaining('summary')]);
});

it('another interval of the group is what the engine evaluates at', async () => {
  const seen: string[] = [];
  await fates([one(0, 'group-interval-changed')], (text) => {
    seen.push(text);
    return { passed: true };
  });
  expect(seen).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('interval: 2m') as string),
  );
});

it('a world that is evaluated less often than the group tells nothing of its interval', async () => {
  const thinned = SUBJECTS.map((one) => ({ ...one, isThinned: true }));
  const asked = [one(0, 'group-interval-changed'), one(1, 'limit-moved')];
  const seen = await fates(asked, fails('differs'), thinned);
  expect([seen.fates, seen.cases]).toEqual([['undecided', 'killed'], 1]);
  const some = await fates(asked.slice(0, 1), fails('differs'), [...thinned, ...SUBJECTS]);
  expect(some.fates).toEqual(['killed']);
});

it('what the engine finds no end with is undecided, neither noticed nor not', async () => {
  const hangs = (): VirtualVerdict => ({
    passed: false,
    output: 'promtool did not end',
    timedOut: true,
  });
  expect((await fates([one(1, 'limit-moved')], hangs)).fates).toEqual(['undecided']);
});

it('an expression of the same tree is equivalent', async () => {
  const same = one(1, 'limit-moved');
  const body = { alert: 'A', expr: '(job:x)  > 10.0' };
  expect((await fates([{ ...same, body }], passes)).fates).toEqual(['equivalent']);
});
