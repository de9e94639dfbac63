import { SOME_TEXT, text } from './values.ts';
import type { GoValue } from './values.ts';

const MONTHS =
  'January February March April May June July August September October November December';
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday';
const names = (all: string, number: number): string => all.split(' ')[number] ?? '';
const two = (number: number): string => String(number).padStart(2, '0');
const hour12 = (at: Date): number => at.getUTCHours() % 12 || 12;

/**
 * What stands in a layout for each part of a time, longer ones first (Go's time/format.go,
 * `nextStdChunk`); all in UTC.
 */
const PARTS: readonly (readonly [layout: string, write: (at: Date) => string])[] = [
  ['January', (at) => names(MONTHS, at.getUTCMonth())],
  ['Monday', (at) => names(DAYS, at.getUTCDay())],
  ['Z07:00', () => 'Z'],
  ['-07:00', () => '+00:00'],
  ['-0700', () => '+0000'],
  ['2006', (at) => String(at.getUTCFullYear()).padStart(4, '0')],
  ['.000', (at) => `.${String(at.getUTCMilliseconds()).padStart(3, '0')}`],
  ['Jan', (at) => names(MONTHS, at.getUTCMonth()).slice(0, 3)],
  ['Mon', (at) => names(DAYS, at.getUTCDay()).slice(0, 3)],
  ['MST', () => 'UTC'],
  ['01', (at) => two(at.getUTCMonth() + 1)],
  ['02', (at) => two(at.getUTCDate())],
  ['03', (at) => two(hour12(at))],
  ['04', (at) => two(at.getUTCMinutes())],
  ['05', (at) => two(at.getUTCSeconds())],
  ['06', (at) => two(at.getUTCFullYear() % 100)],
  ['15', (at) => two(at.getUTCHours())],
  ['_2', (at) => String(at.getUTCDate()).padStart(2)],
  ['PM', (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['pm', (at) => (at.getUTCHours() < 12 ? 'am' : 'pm')],
  ['1', (at) => String(at.getUTCMonth() + 1)],
  ['2', (at) => String(at.getUTCDate())],
  ['3', (at) => String(hour12(at))],
  ['4', (at) => String(at.getUTCMinutes())],
  ['5', (at) => String(at.getUTCSeconds())],
];
const PART = new RegExp(PARTS.map(([layout]) => layout.replace('.', '\\.')).join('|'), 'g');
const WRITERS = new Map(PARTS);

/** A moment as Go writes it by a layout. @param ms Unix ms */
export function formatTime(ms: number, layout: string): string {
  const at = new Date(ms);
  return layout.replaceAll(PART, (part) => WRITERS.get(part)?.(at) ?? part);
}

/** The same of values, each of which may not be known. */
export function formatted(time: GoValue | undefined, layout: GoValue | undefined): GoValue {
  return time?.kind === 'time' &&
    time.ms !== undefined &&
    layout?.kind === 'string' &&
    layout.text !== undefined
    ? text(formatTime(time.ms, layout.text))
    : SOME_TEXT;
}
