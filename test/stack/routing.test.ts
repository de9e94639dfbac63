import { describe, expect, it } from 'vitest';
import { parseMatchers } from '../../src/alertmanager/matchers.ts';
import { routesFor } from '../../src/alertmanager/routing.ts';
import { readAlertmanager } from '../../src/stack/alertmanager.ts';
import { SourceFile } from '../../src/stack/source/source-file.ts';

describe('matchers', () => {
  it.each<[string, [string, string, string][] | undefined]>([
    ['a="b"', [['a', '=', 'b']]],
    ['a=~b.*', [['a', '=~', 'b.*']]],
    [
      '{a="b", c!="d",}',
      [
        ['a', '=', 'b'],
        ['c', '!=', 'd'],
      ],
    ],
    ['severity = on call', [['severity', '=', 'on call']]],
    ['a=b=c', [['a', '=', 'b=c']]],
    ['a=~"\\d+"', [['a', '=~', '\\d+']]],
    ['"a b"="c"', [['a b', '=', 'c']]],
    ['a=', [['a', '=', '']]],
    ['a b', undefined],
    ['', undefined],
    ['a="b', undefined],
  ])('%s', (text, expected) => {
    expect(parseMatchers(text)?.map((m) => [m.label, m.op, m.value])).toEqual(expected);
  });
});

describe('the way of an alert through the routes', () => {
  const { route } = readAlertmanager(
    ...((file) => [file, file.root] as const)(
      new SourceFile({
        path: 'alertmanager.yml',
        text: `route:
  receiver: root
  group_by: [alertname]
  group_wait: 10s
  routes:
    - { receiver: audit, matchers: ['team=~".+"'], continue: true, mute_time_intervals: [night] }
    - receiver: db
      match: { team: db }
      group_interval: 1m
      routes:
        - { match_re: { severity: "crit.*" }, receiver: db-page, group_by: [] }
        - { matchers: ['severity!=info'] }
    - { receiver: never, match: { team: db } }
`,
      }),
    ),
  );
  it.each<[Record<string, string>, string[]]>([
    [{}, ['root']],
    [{ team: 'web' }, ['audit']],
    [{ team: 'db', severity: 'critical' }, ['audit', 'db-page']],
    [{ team: 'db', severity: 'warning' }, ['audit', 'db']],
    [{ team: 'db', severity: 'info' }, ['audit', 'db']],
  ])('%o', (labels, receivers) => {
    expect(route && routesFor(route, labels)?.map((one) => one.receiver)).toEqual(receivers);
  });

  it('values are inherited, from defaults on; time intervals are not', () => {
    expect(route?.routes[1]?.routes[0]).toMatchObject({
      groupWaitMs: 10_000,
      groupIntervalMs: 60_000,
      repeatIntervalMs: 14_400_000,
      groupedBy: [],
      muteTimeIntervals: [],
    });
    expect(route?.routes[1]?.routes[1]?.groupedBy).toEqual(['alertname']);
    expect(route?.routes[0]?.muteTimeIntervals.map(({ text }) => text)).toEqual(['night']);
  });
});
