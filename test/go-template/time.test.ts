import { describe, expect, it } from 'vitest';
import { formatTime } from '../../src/go-template/render/time.ts';

const AT = Date.parse('2026-03-04T15:06:07.089Z');

describe('a moment as Go writes it', () => {
  it.each([
    ['2006-01-02 15:04:05 UTC', '2026-03-04 15:06:07 UTC'],
    ['2006-01-02T15:04:05Z07:00', '2026-03-04T15:06:07Z'],
    ['Mon Jan _2 15:04:05 2006', 'Wed Mar  4 15:06:07 2026'],
    ['Monday, 02-Jan-06 15:04:05 MST', 'Wednesday, 04-Mar-26 15:06:07 UTC'],
    ['January 2, 3:04 PM', 'March 4, 3:06 PM'],
    ['02 Jan 06 15:04 -0700', '04 Mar 26 15:06 +0000'],
    ['15:04:05.000', '15:06:07.089'],
    ['at noon', 'at noon'],
  ])('%s', (layout, written) => {
    expect(formatTime(AT, layout)).toBe(written);
  });
});
