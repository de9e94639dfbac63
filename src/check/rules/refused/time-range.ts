import type { Rule } from '../../rule.ts';
import type { Value } from '../../../stack/source/value.ts';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
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
/** A month of this length has every day that may be counted from its end. */
const SHORTEST_MONTH_DAYS = 28;

export const timeRange: Rule = {
  id: 'route/time-range',
  level: 'error',
  title: 'A range of times that is none',
  why: 'Alertmanager refuses its whole configuration.',
  mend:
    'Write `HH:MM`, the start before the end. Over midnight two ranges are needed: `22:00` ' +
    'to `24:00` and `00:00` to `06:00`.',
  check: ({ alertmanagers }, say) => {
    for (const interval of alertmanagers.flatMap(({ root }) => intervalsOf(root))) {
      for (const range of interval.get('times').items()) {
        const problem = range.isMap ? clockProblem(range) : undefined;
        if (problem !== undefined) say(range.head, problem);
      }
      for (const [key, read] of RANGES)
        for (const { text, value } of interval.get(key).texts()) {
          const problem = rangeProblem(text, read);
          if (problem !== undefined) say(value.place, problem);
        }
      const zone = interval.get('location').text();
      if (zone !== undefined && zone !== 'Local' && !isTimeZone(zone))
        say(interval.get('location').place, `\`${zone}\` is no time zone`);
    }
  },
};

function intervalsOf(root: Value): Value[] {
  return ['time_intervals', 'mute_time_intervals'].flatMap((key) =>
    root
      .get(key)
      .items()
      .flatMap((named) => named.get('time_intervals').items()),
  );
}

function clockProblem(range: Value): string | undefined {
  const [start, end] = [range.get('start_time').text(), range.get('end_time').text()];
  if (start === undefined || end === undefined)
    return 'a range of times needs `start_time` and `end_time`';
  const odd = [start, end].find((time) => !CLOCK.test(time));
  if (odd !== undefined) return `\`${odd}\` is no time of the day`;
  if (start < end) return undefined;
  return start === end
    ? `the range from ${start} to ${end} has no length`
    : `the range from ${start} to ${end} goes over midnight`;
}

/** Reads one end of a range to a number; undefined when it is none. */
type ReadEnd = (text: string) => number | undefined;

const RANGES: [string, ReadEnd][] = [
  ['weekdays', (text) => indexIn(WEEKDAYS, text)],
  ['months', (text) => indexIn(MONTHS, text) ?? within(text, 1, 12)],
  ['years', (text) => within(text, 0, 9999)],
  ['days_of_month', dayOfMonth],
];

function rangeProblem(text: string, read: ReadEnd): string | undefined {
  const ends = text.toLowerCase().split(':');
  const [first, last = first] = ends.map((end) => read(end));
  if (ends.length > 2 || first === undefined || last === undefined)
    return `\`${text}\` is none of what may stand here`;
  return first > last ? `\`${text}\` ends before it begins` : undefined;
}

function indexIn(names: string[], text: string): number | undefined {
  const index = names.indexOf(text);
  return index < 0 ? undefined : index;
}

function within(text: string, min: number, max: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= min && number <= max ? number : undefined;
}

/** 1 to 31, or from the end of the month -1 to -31. */
function dayOfMonth(text: string): number | undefined {
  if (!/^-?\d+$/.test(text)) return undefined;
  const day = Number(text);
  if (day === 0 || Math.abs(day) > 31) return undefined;
  return day < 0 ? SHORTEST_MONTH_DAYS + day : day;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
