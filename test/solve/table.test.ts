import { describe, expect, it } from 'vitest';
import type { Pin } from '../../src/model/recipe.ts';
import { solved } from './support.ts';
import { SHAPES } from './table.ts';

/** Whether a pair notices another number on either side, or none ever could. */
function isPinned(pin: Pin): boolean {
  return (['lower', 'higher'] as const).every((side) => pin[side] || pin.loose?.[side]?.equivalent);
}

describe.each(Object.entries(SHAPES))('%s', (_, shapes) => {
  it.each(shapes)('%s', (expr) => {
    const result = solved({ alert: 'A', expr, for: '2m' });
    expect(result).toHaveProperty('pairs');
    expect('pins' in result && result.pins.filter((pin) => !isPinned(pin))).toEqual([]);
  });
});
