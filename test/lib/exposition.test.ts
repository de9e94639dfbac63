import { describe, expect, it } from 'vitest';
import { readExposition } from '../../src/lib/exposition.ts';

const one = (line: string) => readExposition(`${line}\n`);

describe('a line that Prometheus takes', () => {
  it.each([
    ['x 1', 1],
    ['x{} 1', 1],
    ['x{a="b",} +1.5e3', 1500],
    ['x {a="b"} .5', 0.5],
    ['x{a="b"}1.', 1],
    ['x\t1\t1700000000000', 1],
    ['x -inf', -Infinity],
    ['x +Inf', Infinity],
    ['x Infinity', Infinity],
    ['x Nan', NaN],
    ['x 1 1700000000.5', 1],
    ['x 1 # {} 1', 1],
    ['x 1 # {trace="a # {b} c"} 0.5 1700000000.5', 1],
    ['x 1 17 # {trace="a"} 0.5', 1],
    ['x 1 ct@17.5', 1],
    ['x 1 18 st@17.5 # {trace="a"} 1', 1],
    ['{"x"} 1', 1],
    ['{"x", a="b"} 1', 1],
  ])('%s', (line, value) => {
    const { samples, unread } = one(line);
    expect([samples.map((sample) => [sample.name, sample.value]), unread]).toEqual([
      [['x', value]],
      0,
    ]);
  });
});

describe('a line for which Prometheus refuses the scrape', () => {
  it.each([
    ...['x', 'x{a="b"}', 'x{a="b" 1', 'x{a} 1', '{a="b"} 1', '{"x","y"} 1', 'x{"y"} 1', '1 1'],
    ...['x 1 2 3 garbage', 'x 1 2 3', 'x 1 garbage', 'x 1 ct@17 18', 'x 1 ct@a'],
    ...['x 1abc', 'x -NaN', 'x 0x1p3', 'x 0x10', 'x 1_000', 'x 1e999', 'x 1e', 'x .', 'x infinite'],
    ...['x 1 # garbage', 'x 1 # {a="b"}', 'x 1 # {a="b"} 1 2 3', 'x 1 # {a="b" 1', 'x 1#'],
  ])('%s', (line) => {
    expect(one(line)).toEqual({ types: {}, samples: [], unread: 1 });
  });
});

it('names that need quotes are those that stand in them', () => {
  const text = '# TYPE "a.b" counter\n{"a.b","c d"="e\\"f",g="h"} 1\n';
  expect(readExposition(text)).toEqual({
    types: { 'a.b': 'counter' },
    samples: [{ name: 'a.b', labels: { 'c d': 'e"f', g: 'h' }, value: 1 }],
    unread: 0,
  });
});
