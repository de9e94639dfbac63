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
    ['[\\S]+', 'prod', true],
    ['[\\D]+', 'prod', true],
    ['[\\D]+', 'prod1', false],
    ['[\\W_]+', 'a', false],
    ['[^\\S]+', ' ', true],
    ['[[:^space:]]+', 'prod', true],
    ['[[:^space:]]+', 'a b', false],
    ['[[:graph:]]+', 'prod', true],
    ['[[:punct:]a-z]+', 'a-b', true],
    ['[[:punct:]a-z]+', 'A', false],
    ['(?i)a(?-i:b)', 'Ab', true],
    ['(?i)a(?-i:b)', 'AB', false],
  ])('%s against %s', (pattern, text, expected) => {
    expect(matchesWhole(pattern, text)).toBe(expected);
  });

  it.each(['(?=a)b', '(a', '\\1', '[b-a]'])(
    '%s, which RE2 refuses, is not understood',
    (pattern) => {
      expect(matchesWhole(pattern, 'a')).toBeUndefined();
    },
  );

  it.each(['\\pL+', '[\\pL]+', '\\Qprod\\E', '[\\Q]', '\\141', '[\\141]', '(?m)a$', '(?-s)a.'])(
    '%s is not read as anything else',
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
