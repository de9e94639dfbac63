import { all } from '../shape.ts';
import type { Fields } from '../shape.ts';

/** A named list of times; whether each is one is judged by a rule of its own. */
export const timeInterval: Fields = {
  fields: {
    name: 'text',
    time_intervals: {
      list: {
        fields: {
          times: { list: { fields: { start_time: 'text', end_time: 'text' } } },
          weekdays: { list: 'text' },
          days_of_month: { list: 'text' },
          months: { list: 'text' },
          years: { list: 'text' },
          location: 'text',
        },
      },
    },
  },
  needs: all('name'),
};
