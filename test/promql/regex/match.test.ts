import { describe, expect, it } from 'vitest';
import { captured } from '../../../src/promql/regex/capture.ts';
import { matchesWhole } from '../../../src/promql/regex/match.ts';

describe('what a pattern matches as a whole', () => {
  it.each([
    ['up', 'up', true],
    ['up', 'upper', false],
    ['5..', '503', true],
    ['(?i)WARN|error', 'warn', true],
    ['.*', 'two\nlines', true],
    ['a|^b$', 'b', true],
    ['a^b', 'ab', false],
    ['api\\b.*', 'api-2', true],
    ['api\\b.*', 'apis', false],
    ['api\\B.*', 'apis', true],
    ['\\x41\\x{42}', 'AB', true],
    ['[\\x41-\\x43]+', 'CAB', true],
  ])('%s against %s', (pattern, text, expected) => {
    expect(matchesWhole(pattern, text)).toBe(expected);
  });

  it.each(['(?=a)b', '(a', '\\1', '[b-a]'])(
    '%s, which RE2 refuses, is not understood',
    (pattern) => {
      expect(matchesWhole(pattern, 'a')).toBeUndefined();
    },
  );

  it('groups are told of what matches, and of nothing else', () => {
    expect(captured('(?P<host>[^:]+):(\\d+)', 'db:5432')).toMatchObject({
      1: 'db',
      2: '5432',
      groups: { host: 'db' },
    });
    expect(captured('([^:]+):(\\d+)', 'db')).toBeUndefined();
  });
});
