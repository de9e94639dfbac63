import { describe, expect, it } from 'vitest';
import { inFlightAt, scrapesIn, withoutInFlight } from '../../src/replay/in-flight.ts';
import type { Scrape } from '../../src/replay/in-flight.ts';
import { beforeLaterRules } from '../../src/replay/order.ts';
import { ruleGroupsIn } from '../../src/replay/rules.ts';
import { syntaxError } from '../../src/promql/tree.ts';

const scrape = (job: string, instance: string): Scrape => ({
  job,
  instance,
  from: 5_001,
  to: 5_200,
});

describe('scrapes', () => {
  const target = { job: 'a', instance: 'a:1' };
  const scrapes = scrapesIn([
    {
      labels: { __name__: 'up', ...target },
      samples: [
        [1_000, 1],
        [1_250, 0],
      ],
    },
    {
      labels: { __name__: 'scrape_duration_seconds', ...target },
      samples: [
        [1_000, 0.004],
        [1_250, 0.167],
      ],
    },
  ]);
  it.each([
    [999, 0],
    [1_000, 1],
    [1_004, 0],
    [1_250, 1],
    [1_416, 1],
    [1_417, 0],
  ])('at %i ms %i of them can not be seen yet', (at, count) =>
    expect(inFlightAt(scrapes, at)).toHaveLength(count),
  );
});

describe('an expression without what is in flight', () => {
  it.each([
    [
      'up == 0',
      '(up{instance!~"a:1"} or up{instance="a:1",job!~"a"} or up{instance="a:1",job="a"} @ 5.000) == 0',
    ],
    [
      'x{le="1",} > y{}',
      '(x{le="1",instance!~"a:1"} or x{le="1",instance="a:1",job!~"a"} or x{le="1",instance="a:1",job="a"} @ 5.000) > ' +
        '(y{instance!~"a:1"} or y{instance="a:1",job!~"a"} or y{instance="a:1",job="a"} @ 5.000)',
    ],
    ['rate(x[5m]) > 1', 'rate(x[5m]) > 1'],
    ['x offset 5m > 1', 'x offset 5m > 1'],
    ['x @ 3 > 1', 'x @ 3 > 1'],
    ['x{job="b"} > 1', 'x{job="b"} > 1'],
    ['max_over_time(x[1h:1m])', 'max_over_time(x[1h:1m])'],
  ])('%s', (expr, expected) => {
    const hidden = withoutInFlight(expr, [scrape('a', 'a:1')]);
    expect(hidden).toBe(expected);
    expect(syntaxError(hidden)).toBeUndefined();
  });

  it('several targets, two of them at one address', () => {
    const all = [scrape('a', 'h.x:1'), scrape('b', 'h.x:1'), scrape('c', 'i:2')];
    const hidden = withoutInFlight('up', all);
    expect(syntaxError(hidden)).toBeUndefined();
    expect(hidden).toContain(String.raw`up{instance!~"h\\.x:1|i:2"}`);
    expect(hidden).toContain('up{instance="h.x:1",job!~"a|b"}');
    expect(hidden.match(/ @ 5\.000/g)).toHaveLength(3);
  });
});

it('a rule sees of later recording rules what they wrote the evaluation before', () => {
  const text = `groups:
  - name: g
    rules:
      - { record: early, expr: x }
      - { alert: A, expr: "early > 1 and late > rate(late[5m])", for: 1m, keep_firing_for: 30s }
      - { record: late, expr: y }
`;
  const [group] = ruleGroupsIn([{ path: 'prometheus/rules.yml', text }]);
  const rule = group?.rules[1];
  if (!group || rule?.kind !== 'alert') throw new Error('no alert');
  expect(rule).toMatchObject({ forMs: 60_000, keepFiringForMs: 30_000, labels: {} });
  expect(beforeLaterRules(rule, group)).toBe('early > 1 and late offset 1ms > rate(late[5m])');
});
