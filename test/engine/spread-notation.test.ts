import { expect, it } from 'vitest';
import { spreadNotation } from '../../src/engine/spread-notation.ts';

it.each([
  ['values', '7', '7 _x2'],
  ['a run', '1+2x2', '1 _x2 3 _x2 5 _x2'],
  ['a run that falls', '1-0.5x1', '1 _x2 0.5 _x2'],
  ['one that stands', '4+0x1', '4 _x2 4 _x2'],
  ['what is not there', '_x4 _', '_x12 _x3'],
  ['what ends', '1 stale _x2', '1 _x2 stale _x2 _x6'],
  ['histograms', '{{schema:0 sum:1}} 2', '{{schema:0 sum:1}} _x2 2 _x2'],
  ['negative ones', '-3+1x1', '-3 _x2 -2 _x2'],
  ['what is infinite', 'NaN +Inf', 'NaN _x2 +Inf _x2'],
])('%s at every third place', (_, text, spread) => expect(spreadNotation(text, 3)).toBe(spread));

it('is as it was at every place', () => expect(spreadNotation('1+2x2 _x3', 1)).toBe('1+2x2 _x3'));
