import type { Value } from '../../stack/source/value.ts';

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Reads one end of a range to a number; undefined when it is none. */
export type ReadEnd = (text: string) => number | undefined;

/** Every interval of times that Alertmanager's configuration names. */
export function intervalsOf(root: Value): Value[] {
  return ['time_intervals', 'mute_time_intervals'].flatMap((key) =>
    root
      .get(key)
      .items()
      .flatMap((named) => named.get('time_intervals').items()),
  );
}

/** A range's beginning and end, which are the same for a single one; undefined: it is none. */
export function endsOf(text: string, read: ReadEnd): [first: number, last: number] | undefined {
  const ends = text.toLowerCase().split(':').map(read);
  const [first, last] = ends.length === 1 ? [ends[0], ends[0]] : ends;
  return ends.length > 2 || first === undefined || last === undefined ? undefined : [first, last];
}

/** By name, or by number; Alertmanager takes any number, also of a month that doesn't exist. */
export function readMonth(text: string): number | undefined {
  const index = indexIn(MONTHS, text);
  return index === undefined ? readNumber(text) : index + 1;
}

/** A whole number as Go reads it. */
export function readNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The place of a text among names; undefined: it is none of them. */
export function indexIn(names: readonly string[], text: string): number | undefined {
  const index = names.indexOf(text);
  return index < 0 ? undefined : index;
}
