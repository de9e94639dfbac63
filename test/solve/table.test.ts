import { describe, expect, it } from 'vitest';
import { solved, unpinnedSides } from './support.ts';
import { SHAPES } from './table.ts';

describe.each(Object.entries(SHAPES))('%s', (_, shapes) => {
  it.each(shapes)('%s', (expr) => {
    const result = solved({ alert: 'A', expr, for: '2m' });
    expect(result).toHaveProperty('pairs');
    expect('pins' in result && unpinnedSides(result.pins)).toEqual([]);
  });
});
