import { describe, expect, it } from 'vitest';
import { asCalled } from '../../src/commands/npm.ts';

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
