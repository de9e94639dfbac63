import { describe, expect, it } from 'vitest';
import { promisedSubjects } from '../../src/commands/mutate/subjects.ts';
import type { Subjects } from '../../src/commands/mutate/subjects.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { runCases } from '../../src/engine/confirm.ts';
import type { RuleMutant } from '../../src/model/mutation.ts';
import type { Subject } from '../../src/mutate/judge/subject.ts';
import { ruleMutants } from '../../src/mutate/mutants.ts';
import { readStack } from '../../src/stack/index.ts';

const promtool = await findPromtool();
const signal = new AbortController().signal;
const stack = readStack([
  {
    path: 'rules.yml',
    text: `groups:
  - name: g
    rules:
      - record: job:errors:ratio
        expr: sum by (job) (rate(e_total{code=~"5.."}[5m])) / sum by (job) (rate(e_total[5m]))
      - alert: ErrorsHigh
        expr: job:errors:ratio > 0.05
        for: 5m
        annotations: { summary: "{{ $labels.job }}" }
      - record: job:free:min
        expr: min by (job) (free_bytes)
      - record: job:free:min
        expr: max by (job) (other_free_bytes)
        labels: { of: others }
      - record: never:there
        expr: x > 1 and x < 0
`,
  },
]);
const mutants = ruleMutants(stack);
const ofRule = (rule: number): RuleMutant[] => mutants.filter(({ rules }) => rules[0] === rule);

describe.skipIf(promtool === undefined)('the judges of a stack without a contract', () => {
  const found: Promise<Subjects> = promisedSubjects(stack, promtool ?? '', signal);
  const judges = async (rule: number): Promise<Subject[]> =>
    (await found).subjects.filter(({ rules }) => rules.has(rule));

  it('what they see without the engine the engine finds untrue too', async () => {
    const asked = [0, 1, 2].flatMap((rule) =>
      ofRule(rule).filter(({ operator }) => /limit|swapped|turned|matcher/.test(operator)),
    );
    const { subjects } = await found;
    const seen = asked.flatMap((mutant) => {
      const judge = subjects.find(({ quickly }) => quickly?.(mutant) !== undefined);
      return judge ? [judge.caseOf(mutant)] : [];
    });
    expect(seen.length).toBeGreaterThan(20);
    const some = seen.filter((_, i) => i % 2 === 0);
    const verdicts = await runCases(promtool ?? '', some, signal);
    expect(verdicts.map(({ passed }) => passed)).toEqual(some.map(() => false));
  });

  it('nothing is seen of what stays as it was', async () => {
    const [judge] = await judges(1);
    for (const operator of ['comparison-inclusive', 'annotation-dropped', 'for-gone'])
      for (const mutant of ofRule(1).filter((one) => one.operator === operator))
        expect([operator, judge?.quickly?.(mutant)]).toEqual([operator, undefined]);
  });

  it('what no alert reads is looked at by itself, each of those that record under one name', async () => {
    for (const [rule, operator] of [
      [2, 'by-becomes-without'],
      [2, 'group-label-dropped'],
      [3, 'label-dropped'],
    ] as const) {
      const own = await judges(rule);
      expect(own.map(({ name }) => name)).toEqual(['job:free:min']);
      const cases = ofRule(rule)
        .filter((mutant) => mutant.operator === operator)
        .flatMap((mutant) => own.map((judge) => judge.caseOf(mutant)));
      expect(cases).not.toEqual([]);
      const verdicts = await runCases(promtool ?? '', cases, signal);
      expect(verdicts.map(({ passed }) => passed)).toEqual(cases.map(() => false));
    }
  });

  it('what records nothing is told as undecided', async () => {
    expect(await judges(4)).toEqual([]);
    const [mutant] = ofRule(4);
    expect(mutant && (await found).unseen(mutant)).toEqual({
      fate: 'undecided',
      because: expect.stringContaining('No alert that is proved reads') as string,
    });
  });
});
