import { describe, expect, it } from 'vitest';
import { asCalled, codeOfNpm } from '../../src/commands/npm.ts';

describe('commands are named as they are called', () => {
  it.each([
    ['npm run verify', 'gtv verify'],
    ['npm run verify -- --plan', 'gtv verify --plan'],
    ['npm run -s check -- --format sarif > x', 'gtv check --format sarif > x'],
    ['End it with `npm run down`, or look.', 'End it with `gtv down`, or look.'],
    ['Usage: npm run judge -- [options] <run>', 'Usage: gtv judge [options] <run>'],
  ])('%s', (checkout, installed) => {
    expect(asCalled(checkout, true)).toBe(installed);
    expect(asCalled(checkout, false)).toBe(checkout);
  });
});

describe('a command that Ctrl-C ended', () => {
  const byNpm = { npm_lifecycle_event: 'verify' };
  it('says under npm that npm’s own exit code is another one', () =>
    expect(codeOfNpm('SIGINT', byNpm)).toMatch(/^npm ends with 130 .* ended with \d\n$/));
  it('says nothing where npm isn’t there, or wasn’t interrupted', () => {
    expect(codeOfNpm('SIGINT', {})).toBe('');
    expect(codeOfNpm('SIGTERM', byNpm)).toBe('');
    expect(codeOfNpm(undefined, byNpm)).toBe('');
  });
});
