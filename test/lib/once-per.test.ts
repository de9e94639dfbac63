import { expect, it } from 'vitest';
import { oncePer } from '../../src/lib/once-per.ts';

it('what is asked of an object twice is worked out once', () => {
  const asked: number[] = [];
  const double = oncePer(({ n }: { n: number }) => {
    asked.push(n);
    return n * 2;
  });
  const [one, two] = [{ n: 1 }, { n: 1 }];
  expect([double(one), double(one), double(two)]).toEqual([2, 2, 2]);
  expect(asked).toEqual([1, 1]);
});

it('that it is undefined is known too', () => {
  let asked = 0;
  const nothing = oncePer(() => void asked++);
  const key = {};
  nothing(key);
  nothing(key);
  expect(asked).toBe(1);
});
