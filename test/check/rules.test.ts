import { describe, expect, it } from 'vitest';
import { ALL_RULES, checkStack } from '../../src/check/index.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import { BASE, CASES, optionsFor, stackOf } from './support.ts';

const shown = (findings: CheckFinding[]): string[] =>
  findings.map((f) => `${f.rule} ${f.file}:${f.line}:${f.column} ${f.title}`);

it('the sound stack gives no finding', () => {
  expect(shown(checkStack(BASE, optionsFor(BASE)).findings)).toEqual([]);
});

// What the programs find has its cases in promises.test.ts and second-opinion.test.ts.
const BY_PROGRAMS = ['promise/broken', 'promise/panel-differs', 'check/refused-by-program'];
it('every rule has a case, and every case a rule', () => {
  expect(Object.keys(CASES).sort()).toEqual(
    ALL_RULES.map((rule) => rule.id)
      .filter((id) => !BY_PROGRAMS.includes(id))
      .sort(),
  );
});

describe.each(Object.entries(CASES))('%s', (id, cases) => {
  it.each(cases.map((one, i) => ({ name: `${i + 1}: ${one.wrong.split('\n')[0] ?? ''}`, one })))(
    '$name',
    ({ one }) => {
      const found = (twin: 'wrong' | 'right'): CheckFinding[] => {
        const stack = stackOf(one, twin);
        const { findings } = checkStack(stack, optionsFor(stack, one));
        return one.production ? findings.filter(({ rule }) => rule === id) : findings;
      };
      const findings = found('wrong');
      expect(findings.map((f) => f.rule).toSorted(), shown(findings).join('\n')).toEqual(
        (one.expect ?? [id]).toSorted(),
      );
      expect(findings.find((f) => f.rule === id)?.level).toBe(
        one.level ?? ALL_RULES.find((rule) => rule.id === id)?.level,
      );
      expect(shown(found('right'))).toEqual([]);
    },
  );
});
