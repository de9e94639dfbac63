import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/model/recipe.ts';
import { crossingMs, isSeenToChange, withMargins } from '../../src/prove/plan/margins.ts';

const FIVE_MINUTES = { windowMs: 300_000, narrowestMs: 300_000, speed: 1 };
const line = (perSecond: number): Shape => ({ kind: 'line', from: 0, perSecond });

describe('slopes beside a limit', () => {
  it('move away from it on both sides', () => {
    const { near, over, calm } = withMargins(
      { near: line(0.1), over: line(0.1033), calm: line(0.1) },
      FIVE_MINUTES,
    );
    expect(near).toMatchObject({ perSecond: 0.1 - 0.0005 });
    expect(over).toMatchObject({ perSecond: 0.1033 + 0.0005 });
    expect(calm).toEqual(near);
  });
  it('move the other way where less is worse, and stand still where they stood', () => {
    const { near, over } = withMargins(
      { near: line(0.95), over: line(0), calm: line(0.95) },
      FIVE_MINUTES,
    );
    expect(near.kind === 'line' && near.perSecond).toBeCloseTo(0.969);
    expect(over).toMatchObject({ perSecond: 0 });
  });
  it('move as far as the shortest window lets a slow scrape deceive, in a fast run', () => {
    const shapes = { near: line(9.9), over: line(10.1), calm: line(9.9) };
    const narrow = { windowMs: 3_600_000, narrowestMs: 300_000, speed: 30 };
    const { near, over } = withMargins(shapes, narrow);
    // 100 ms at each end of 10 s.
    expect(near.kind === 'line' && near.perSecond).toBeCloseTo(9.9 * 0.98);
    expect(over.kind === 'line' && over.perSecond).toBeCloseTo(10.1 + 9.9 * 0.02);
    // 200 ms in thirtyfold time, of a change by so much.
    const sloped = { near, over, calm: near };
    const byScrapes = 6_000 / (1 - 9.702 / 10.298);
    expect(crossingMs(sloped, 30, 0)).toBeCloseTo(byScrapes);
    // Its own margin delays it by as large a part of the window.
    expect(crossingMs(sloped, 30, 21_600_000)).toBeCloseTo(byScrapes + 432_000);
  });
  it('stay where nothing differs, and values are exact', () => {
    const value: Shape = { kind: 'value', value: 1 };
    const shapes = { near: value, over: { kind: 'value', value: 2 } as const, calm: value };
    expect(withMargins(shapes, { ...FIVE_MINUTES, windowMs: 0 })).toEqual(shapes);
  });
});

describe('changes in a window', () => {
  const toggle = (everySeconds: number): Shape => ({
    kind: 'toggle',
    values: [0, 1],
    everySeconds,
  });

  it('are half a one more over the limit, and half a one fewer near it', () => {
    const shapes = { near: toggle(450), over: toggle(300), calm: toggle(450) };
    const { near, over, calm } = withMargins(shapes, { ...FIVE_MINUTES, windowMs: 900_000 });
    expect(over).toMatchObject({ everySeconds: 900 / 3.5 });
    expect(near).toMatchObject({ everySeconds: 900 / 1.5 });
    expect(calm).toEqual(near);
  });

  it('are told apart whenever they are scraped only where one side keeps its count', () => {
    const never: Shape = { kind: 'value', value: 1 };
    const pair = (near: Shape, over: Shape) => ({ near, over, calm: near });
    // From one pace to another the count goes to and fro by one.
    expect(isSeenToChange(pair(toggle(600), toggle(60)))).toBe(false);
    expect(isSeenToChange(pair(toggle(30), toggle(30)))).toBe(true);
    expect(isSeenToChange(pair(never, toggle(30)))).toBe(true);
    expect(isSeenToChange(pair(toggle(30), never))).toBe(true);
  });

  it('stay where both sides change alike', () => {
    const shapes = { near: toggle(300), over: toggle(300), calm: toggle(300) };
    expect(withMargins(shapes, { ...FIVE_MINUTES, windowMs: 900_000 })).toEqual(shapes);
  });
});

describe('moments', () => {
  const ago = (seconds: number): Shape => ({ kind: 'clock', offsetSeconds: -seconds });

  it('are less long ago where they must not be longer ago by the time they are seen', () => {
    const shapes = { near: ago(3546), over: ago(3654), calm: ago(3546) };
    expect(withMargins(shapes, FIVE_MINUTES)).toEqual({
      near: ago(3541),
      over: ago(3654),
      calm: ago(3541),
    });
  });
});
