import { describe, expect, it } from 'vitest';
import type { AlertProof } from '../../src/model/proof-verdict.ts';
import { alert, solution, proof, virtual, NOTHING, live, found } from './worlds/beside.ts';

describe('alerts beside those that a run is about', () => {
  it('may fire when virtual time says so, whatever their templates fill in', () => {
    expect(found(live(11, 20), [virtual(10, 19), virtual(10.5, 19.5)])).toEqual([]);
  });

  it('may not fire otherwise', () => {
    expect(found(live(11, 20), [NOTHING, NOTHING])).toEqual(['fired-unforeseen']);
    expect(found(live(20, 25), [virtual(5, 10)])).toEqual([
      'fired-unforeseen',
      'silent-beside-others',
    ]);
  });

  it('may fire while their own series have only just begun, and not later', () => {
    expect(found(live(0, 3, 'own'), [NOTHING, NOTHING])).toEqual([]);
    expect(found(live(3, 6, 'own'), [NOTHING, NOTHING])).toEqual(['fired-unforeseen']);
  });

  it('have to fire where every virtual world lets them, for as long as can be seen', () => {
    expect(found(live(0, 0), [virtual(10, 19), virtual(10.5, 19.5)])).toEqual([
      'silent-beside-others',
    ]);
    expect(found(live(0, 0), [virtual(10, 19), NOTHING])).toEqual([]);
    expect(found(live(0, 0), [virtual(10, 12)])).toEqual([]);
  });

  it('may be further in their life where they began it before the run', () => {
    expect(found(live(1, 20), [virtual(12, 20, 0)])).toEqual([]);
  });

  it('are not judged where the alert itself failed, or another of its name is not understood', () => {
    const failed = { ...proof, outcome: 'failed' } as AlertProof;
    expect(found(live(11, 20), [NOTHING], [failed])).toEqual([]);
    const open = [{ alert, kind: 'not-understood', reason: '', construct: '' }] as const;
    expect(found(live(11, 20), [NOTHING], [proof], { ...solution, unsolved: [...open] })).toEqual(
      [],
    );
  });

  it('are not judged where the run was interrupted before they could fire', () => {
    const cut = { ...live(0, 0), interruption: { at: 0, detail: 'the run was interrupted' } };
    expect(found(cut, [virtual(10, 19), virtual(10.5, 19.5)])).toEqual([]);
  });

  it('are not judged where virtual time could not evaluate the world', () => {
    expect(found(live(11, 20), [{ errors: [{ rule: 'Warm', error: 'x' }] }])).toEqual([]);
  });
});
