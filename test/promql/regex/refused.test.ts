import { describe, expect, it } from 'vitest';
import { re2Problem } from '../../../src/promql/regex/refused.ts';

describe('what RE2 takes', () => {
  it.each([
    '',
    'a|b',
    '5..',
    '(?i)warn|error',
    '(?P<name>a)',
    '(?P<1st>a)(?P<1st>b)',
    '(?<name>a)',
    '(?i-s:a)',
    'a{2,3}?',
    'a{,3}',
    '[a-z[:digit:]\\d-]',
    '[]a]',
    '\\Qa(b\\E',
    '\\x41\\x{1F600}\\012',
    '\\p{Greek}\\pL\\p{^Lu}',
    '((a{10}){10}){10}',
    'a)(b',
  ])('%s', (pattern) => {
    expect(re2Problem(pattern)).toBeUndefined();
  });
});

describe('what RE2 refuses', () => {
  it.each([
    ['(', 'missing closing `)`'],
    ['a)', 'unexpected `)`'],
    ['[a', 'missing closing `]`: `[a`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a|*', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{3,2}', 'invalid repeat count: `{3,2}`'],
    ['(a{101}){10}', 'invalid repeat count: `{10}`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['[[:nothing:]]', 'invalid character class range: `[:nothing:]`'],
    ['(?P<a-b>c)', 'invalid named capture: `(?P<a-b>`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?<!a)', 'invalid or unsupported Perl syntax: `(?<!`'],
    ['\\1', 'invalid escape sequence: `\\1`'],
    ['\\Z', 'invalid escape sequence: `\\Z`'],
    ['\\p{Nothing}', 'invalid character class range: `\\p{Nothing}`'],
  ])('%s', (pattern, problem) => {
    expect(re2Problem(pattern)).toBe(problem);
  });
});
