import type { Fields, Shape } from '../shape.ts';

/** One matcher, a list of them, or several in one text. */
const matchers: Shape = { list: 'matcher' };
const oldMatchers: Shape = { map: 'text', keys: 'label' };
const oldPatterns: Shape = { map: 'pattern', keys: 'label', filled: true };

/** A route and all below it. */
export const route: Fields = {
  fields: {
    receiver: 'text',
    group_by: { list: 'label', filled: true },
    match: oldMatchers,
    match_re: oldPatterns,
    matchers,
    mute_time_intervals: { list: 'text' },
    active_time_intervals: { list: 'text' },
    continue: 'flag',
    get routes(): Shape {
      return { list: route, filled: true };
    },
    group_wait: 'duration',
    group_interval: 'period',
    repeat_interval: 'period',
    labels: { map: 'text' },
  },
};

export const inhibition: Fields = {
  fields: {
    name: 'text',
    source_match: oldMatchers,
    source_match_re: oldPatterns,
    source_matchers: matchers,
    target_match: oldMatchers,
    target_match_re: oldPatterns,
    target_matchers: matchers,
    equal: { list: 'label', filled: true },
  },
};
