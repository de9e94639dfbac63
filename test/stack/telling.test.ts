import { describe, expect, it } from 'vitest';
import { readStack } from '../../src/stack/index.ts';
import { silencing, tellingsOf } from '../../src/stack/telling.ts';

const read = (text: string) => {
  const [alertmanager] = readStack([{ path: 'alertmanager.yml', text }]).alertmanagers;
  if (!alertmanager) throw new Error('no Alertmanager');
  return alertmanager;
};
const always = (intervals: string, route: string): boolean | undefined =>
  tellingsOf(
    read(`route:
  receiver: r
  routes:
    - { receiver: r, matchers: ['a="b"'], ${route} }
receivers: [{ name: r }]
time_intervals:
  - name: t
    time_intervals: [${intervals}]
`),
    { a: 'b' },
  )?.[0]?.always;

describe('whether people are told at every minute of the week', () => {
  it.each([
    ['without intervals', '{}', 'group_wait: 1s', true],
    [
      'muted for an hour',
      "{ times: [{ start_time: '02:00', end_time: '03:00' }] }",
      'mute_time_intervals: [t]',
      false,
    ],
    ['muted in some months', '{ months: [january] }', 'mute_time_intervals: [t]', false],
    ['muted by a name that stands nowhere', '{}', 'mute_time_intervals: [u]', true],
    ['active all day and every day', '{}', 'active_time_intervals: [t]', true],
    ['active on weekdays', '{ weekdays: ["monday:friday"] }', 'active_time_intervals: [t]', false],
    [
      'active on weekdays and at weekends',
      '{ weekdays: ["monday:friday"] }, { weekdays: [saturday, sunday] }',
      'active_time_intervals: [t]',
      true,
    ],
    [
      'active but for the last minute',
      "{ times: [{ start_time: '00:00', end_time: '23:59' }] }",
      'active_time_intervals: [t]',
      false,
    ],
    ['active in some years', '{ years: ["2030"] }', 'active_time_intervals: [t]', false],
  ])('%s', (_name, intervals, route, expected) => expect(always(intervals, route)).toBe(expected));
});

it('a route’s own waits and company are those that it inherits or names', () => {
  const alertmanager = read(
    'route: { receiver: r, group_by: [b, a], group_wait: 5s, routes: [{ receiver: s, matchers: [x="y"], group_interval: 2m }] }',
  );
  expect(tellingsOf(alertmanager, { x: 'y' })).toMatchObject([
    { receiver: 's', groupedBy: ['a', 'b'], groupWaitMs: 5_000, groupIntervalMs: 120_000 },
  ]);
});

describe('what silences what', () => {
  const alertmanager = read(`route: { receiver: r }
inhibit_rules:
  - source_matchers: [severity="critical"]
    target_matchers: [severity=~"critical|warning"]
    equal: [job]
`);
  const by = { severity: 'critical', job: 'a' };
  it.each([
    ['what its matchers and labels say', by, { severity: 'warning', job: 'a' }, true],
    ['not where a label differs', by, { severity: 'warning', job: 'b' }, false],
    ['not what is on both sides', by, { severity: 'critical', job: 'a' }, false],
    ['a label that both lack is the same', { severity: 'critical' }, { severity: 'warning' }, true],
  ])('%s', (_name, source, target, expected) =>
    expect(silencing(alertmanager, source, target) !== undefined).toBe(expected),
  );
});
