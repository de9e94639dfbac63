import { describe, expect, it } from 'vitest';
import type { AlertPromise } from '../../src/model/promise.ts';
import { heldAgainst } from '../../src/prove/judge/promises.ts';
import { KEPT, found, held, judgement, rules } from './worlds/promised.ts';

describe('what was proved, held against what a contract says', () => {
  it('is kept where it is as promised; of two alerts of a name the one of that severity is meant', () => {
    expect(found(KEPT)).toEqual([]);
    expect(held(KEPT)).toMatchObject({ outcome: 'pass', exitCode: 0, promised: 2 });
  });

  it('says what else is promised, and by whom it is held', () =>
    expect(held(KEPT).notes).toEqual([
      expect.stringMatching(/^`metrics` of contract.yaml .*check/),
    ]));

  it.each<[string, Partial<AlertPromise>, string]>([
    ['another time', { ...KEPT, forMs: 120_000 }, '1 promise-differs: for: 1m'],
    ['another receiver', { ...KEPT, receivers: ['pager'] }, '1 not-received: team'],
    ['another text', { ...KEPT, says: ['b:\\d+'] }, '1 wrong-text: Slow on a:80'],
    [
      'a time that the rule lacks',
      { ...KEPT, keepFiringForMs: 1_000 },
      '1 promise-differs: keep_firing_for: 0s',
    ],
  ])('is broken by %s', (_, over, finding) => {
    expect(found(over)).toEqual([finding]);
    expect(held(over)).toMatchObject({ outcome: 'fail', exitCode: 1 });
  });

  it('is broken by a severity that no alert of the name has', () => {
    expect(found({ severity: 'page' })).toEqual([
      '0 wrong-severity: warning',
      '1 wrong-severity: critical',
    ]);
  });

  it('names what the contract does not mention, as advice', () => {
    const source = { file: 'contract.yaml', line: 3, column: 3 };
    const alerts = [{ name: 'Slow', says: [], source }];
    const contract = { file: 'contract.yaml', alerts, technologies: [], others: [] };
    const judged = heldAgainst(contract, rules, judgement);
    expect(judged.findings).toMatchObject([
      { id: 'not-promised', level: 'advice', seen: '1 of 2 alerts are not promised: Other' },
    ]);
    expect(judged.exitCode).toBe(0);
  });
});
