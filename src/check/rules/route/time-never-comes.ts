import { endsOf, intervalsOf, readMonth, readNumber } from '../../common/time-ranges.ts';
import type { Rule } from '../../rule.ts';

const MONTHS = 12;

/** Ranges of which Alertmanager takes any number: what of it never comes. */
const NEVER: [key: string, read: typeof readMonth, last: number, what: string][] = [
  ['months', readMonth, MONTHS, 'a year has the months 1 to 12'],
  ['years', readNumber, Infinity, 'years count from 1 on'],
];

export const timeNever: Rule = {
  id: 'route/time-never-comes',
  level: 'error',
  title: 'An interval of times that never comes',
  why:
    'Alertmanager takes the number and never reaches it: what is muted then is told all the ' +
    'same, and what is active only then is never told.',
  mend: 'Name a month by its name or by 1 to 12, and a year as it is written.',
  check: ({ alertmanagers }, say) => {
    for (const interval of alertmanagers.flatMap(({ root }) => intervalsOf(root)))
      for (const [key, read, most, what] of NEVER)
        for (const { text, value } of interval.get(key).texts()) {
          const [first, last] = endsOf(text, read) ?? [1, 1];
          if (first <= last && (last < 1 || first > most))
            say(value.place, `\`${text}\` never comes: ${what}`);
        }
  },
};
