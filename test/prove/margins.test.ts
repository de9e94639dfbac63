import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/model/recipe.ts';
import { withMargins } from '../../src/prove/plan/margins.ts';

const line = (perSecond: number): Shape => ({ kind: 'line', from: 0, perSecond });

describe('slopes beside a limit', () => {
  it('move away from it on both sides', () => {
    const { near, over, calm } = withMargins({
      near: line(0.1),
      over: line(0.1033),
      calm: line(0.1),
    });
    expect(near).toMatchObject({ perSecond: 0.1 - 0.0005 });
    expect(over).toMatchObject({ perSecond: 0.1033 + 0.0005 });
    expect(calm).toEqual(near);
  });
  it('move the other way where less is worse, and stand still where they stood', () => {
    const { near, over } = withMargins({ near: line(0.95), over: line(0), calm: line(0.95) });
    expect(near.kind === 'line' && near.perSecond).toBeCloseTo(0.969);
    expect(over).toMatchObject({ perSecond: 0 });
  });
  it('stay where nothing differs, and values are exact', () => {
    const value: Shape = { kind: 'value', value: 1 };
    const shapes = { near: value, over: { kind: 'value', value: 2 } as const, calm: value };
    expect(withMargins(shapes)).toBe(shapes);
  });
});
