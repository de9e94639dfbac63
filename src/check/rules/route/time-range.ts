import type { Value } from '../../../stack/source/value.ts';
import { endsOf, indexIn, intervalsOf, readMonth, readNumber } from '../../common/time-ranges.ts';
import type { ReadEnd } from '../../common/time-ranges.ts';
import { isZone } from '../../common/time-zones.ts';
import type { Rule } from '../../rule.ts';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

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
          const problem = rangeProblem(key, endsOf(text, read), text);
          if (problem !== undefined) say(value.place, problem);
        }
      const zone = interval.get('location').text();
      if (zone !== undefined && !isZone(zone))
        say(interval.get('location').place, `\`${zone}\` is no time zone`);
    }
  },
};

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

const RANGES: [string, ReadEnd][] = [
  ['weekdays', (text) => indexIn(WEEKDAYS, text)],
  ['months', readMonth],
  ['years', readNumber],
  ['days_of_month', dayOfMonth],
];

function rangeProblem(
  key: string,
  ends: ReturnType<typeof endsOf>,
  text: string,
): string | undefined {
  if (!ends) return `\`${text}\` is none of what may stand here`;
  const [first, last] = ends;
  if (key !== 'days_of_month')
    return first > last ? `\`${text}\` ends before it begins` : undefined;
  // Which day that is depends on the month.
  if (first < 0 && last > 0)
    return `\`${text}\` begins at the end of a month and ends at its beginning`;
  return fromStart(first) > fromStart(last) ? `\`${text}\` ends before it begins` : undefined;
}

function fromStart(day: number): number {
  return day < 0 ? SHORTEST_MONTH_DAYS + day : day;
}

/** 1 to 31, or from the end of the month -1 to -31. */
function dayOfMonth(text: string): number | undefined {
  const day = readNumber(text);
  return day === undefined || day === 0 || Math.abs(day) > 31 ? undefined : day;
}
