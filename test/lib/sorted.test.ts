import { describe, expect, it } from 'vitest';
import { lastWhile } from '../../src/lib/sorted.ts';

describe('the last place for which something holds', () => {
  it('is what findLastIndex finds, for every limit and length', () => {
    for (let length = 0; length < 9; length++) {
      const list = Array.from({ length }, (_, i) => Math.floor(i / 2));
      for (let limit = -1; limit <= 5; limit++)
        expect(lastWhile(list, (n) => n <= limit)).toBe(list.findLastIndex((n) => n <= limit));
    }
  });

  it('is found in few steps', () => {
    let looks = 0;
    lastWhile(
      Array.from({ length: 40_000 }, (_, i) => i),
      (n) => {
        looks++;
        return n < 31_234;
      },
    );
    expect(looks).toBeLessThanOrEqual(16);
  });
});
