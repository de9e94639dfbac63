import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/report/text.ts';

describe('a text that is wrapped', () => {
  it('ends its lines where words end, with its indent', () =>
    expect(wrap('  one two three', 9)).toEqual(['  one two', '  three']));

  it('keeps what stands in backticks in one piece', () =>
    expect(wrap('prove it anew (`npm run verify`), or not', 20)).toEqual([
      'prove it anew',
      '(`npm run verify`),',
      'or not',
    ]));

  it('breaks that only where it is wider than a line', () =>
    expect(wrap('see `a b c d e f` here', 10)).toEqual(['see `a b c', 'd e f`', 'here']));

  it('takes a single backtick for what it is', () =>
    expect(wrap('a ` b c d', 5)).toEqual(['a ` b', 'c d']));

  it('cuts a word that is wider, unless it is to be copied', () => {
    expect(wrap('incomprehensible', 6)).toEqual(['incomp', 'rehens', 'ible']);
    expect(wrap('/a/long/path', 6, false)).toEqual(['/a/long/path']);
  });

  it('cuts it between its parts where it has some', () => {
    expect(wrap('/a/long/path', 6)).toEqual(['/a/', 'long/', 'path']);
    expect(wrap('up{job="api",host="one"} is 0', 20)).toEqual([
      'up{job="api",',
      'host="one"} is 0',
    ]);
  });

  it('keeps empty lines', () => expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']));
});
