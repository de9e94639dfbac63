import { expect, it } from 'vitest';
import { fromExactJson, toExactJson } from '../../src/lib/exact-json.ts';

it.each([
  [[1, NaN, Infinity, -Infinity]],
  [{ a: { b: NaN }, c: 'NaN', d: null }],
  [[0.1, -0.5, 1e300]],
])('%o comes back as it was', (value) => expect(fromExactJson(toExactJson(value))).toEqual(value));
it('is plain JSON where nothing is unusual', () =>
  expect(toExactJson({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}'));
it('refuses what was cut off', () =>
  expect(() => fromExactJson('{"a": [1, ')).toThrow(SyntaxError));
