import { expect, it } from 'vitest';
import { seenInstead } from '../../src/commands/seen-instead.ts';

it.each([
  [
    '    expr: "count(ALERTS)", time: 4h15m,\n        exp: nil\n        got: {} 2E+00\n expr: "x", time: 5h, exp: {} 1 got: nil',
    'at 4h15m it is or was active, and was worked out to be quiet',
  ],
  [
    '    alertname: Hot, time: 5m,\n        exp:[\n  0: Labels:{}\n ],\n        got:[]',
    'at 5m it is quiet, and was worked out to be active',
  ],
  [
    '    alertname: Hot, time: 5m,\n        exp:[\n  0: Labels:{a="1"}\n ],\n got:[ 0: Labels:{} ]',
    'at 5m others of its instances are active than was worked out',
  ],
  ['yaml: line 3: no such thing', 'yaml: line 3: no such thing'],
])('what promtool sees instead is said in words', (output, words) => {
  expect(seenInstead({ passed: false, output })).toBe(words);
});

it('what it confirms needs none', () => expect(seenInstead(undefined)).toBe(''));
