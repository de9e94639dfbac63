import { expect, it } from 'vitest';
import { segments } from '../../../src/capacity/k6-operator/segments.ts';

it('writes segments as the operator does: not cancelled, 0 and 1 at the ends', () => {
  expect(segments(4)).toEqual([
    { segment: '0:1/4', sequence: '0,1/4,2/4,3/4,1' },
    { segment: '1/4:2/4', sequence: '0,1/4,2/4,3/4,1' },
    { segment: '2/4:3/4', sequence: '0,1/4,2/4,3/4,1' },
    { segment: '3/4:1', sequence: '0,1/4,2/4,3/4,1' },
  ]);
  expect(segments(1)).toEqual([{ segment: '0:1', sequence: '0,1' }]);
});
