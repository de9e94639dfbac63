import { describe, expect, it } from 'vitest';
import type { Mutant } from '../../src/model/mutation.ts';
import { hintFor } from '../../src/mutate/judge/hints.ts';
import { levelHint } from '../../src/mutate/judge/level-hint.ts';

const mutant = (operator: string, was: string, becomes: string): Mutant => ({
  ...{ id: '', kind: 'rule', operator, subject: 'alert A', was, becomes, changes: undefined },
  at: { file: 'r.yml', line: 1, column: 1, endLine: 1, endColumn: 2 },
});
const moved = (was: string, becomes: string) => mutant('limit-moved', was, becomes);
const levels = { stimulus: 'request-errors', near: 0.04, over: 0.07 };

describe('what would tell a limit from another', () => {
  it('is `over` brought nearer, with the number', () =>
    expect(levelHint(moved('0.05', '0.06'), levels)).toBe(
      'No level lies between the limit 0.05 and the new one 0.06: bring `over` of request-errors from 0.07 to 0.055.',
    ));

  it('is `near` where the limit went down', () =>
    expect(levelHint(moved('0.05', '0.045'), levels)).toMatch(
      /bring `near` .* from 0.04 to 0.0475/,
    ));

  it('is in the unit of the stimulus', () =>
    expect(levelHint(moved('5', '6'), levels)).toMatch(/from 0.07 to 0.055/));

  it('is the other way round for an alert on too little', () =>
    expect(levelHint(moved('15', '14'), { stimulus: 'disk-free', near: 17, over: 12 })).toMatch(
      /bring `over` .* from 12 to 14.5/,
    ));

  it.each([
    ['that the levels tell already', moved('0.05', '0.08')],
    ['that is no limit of theirs', moved('300', '310')],
    ['of which nothing is a number', moved('5m', '10m')],
    ['that is no limit', mutant('for-longer', '0.05', '0.06')],
  ])('is nothing for one %s', (_what, one) => expect(levelHint(one, levels)).toBeUndefined());

  it('names a matcher without what stands between two of them', () =>
    expect(hintFor(mutant('matcher-dropped', ', a="b"', ''))).toBe(
      'A series that a="b" leaves out, and that is over, would tell.',
    ));

  it('names a level where nobody names any', () =>
    expect(hintFor(moved('100', '103'))).toBe(
      'No level lies between 100 and 103: one such as 101.5 would tell.',
    ));
});
