import { describe, expect, it } from 'vitest';
import {
  formatValues,
  intervalMs,
  rateIntervalMs,
  replaceVariables,
  variableUses,
} from '../../src/lib/grafana-variables.ts';

const single = { multi: false, includeAll: false };
const multi = { multi: true, includeAll: true };

describe('variables in a query', () => {
  it('are found in all their spellings, with their formats', () => {
    expect(
      variableUses(
        'up{job=~"$job", i="[[instance]]", a="[[b:regex]]", c="${d}", e=~"${f:pipe}"}[$__rate_interval]',
      ).map(({ name, format }) => [name, format]),
    ).toEqual([
      ['job', undefined],
      ['instance', undefined],
      ['b', 'regex'],
      ['d', undefined],
      ['f', 'pipe'],
      ['__rate_interval', undefined],
    ]);
  });

  it('are replaced where a value is known, and stay where none is', () => {
    expect(
      replaceVariables('a{x="$known", y="$unknown", z="${known}"}', ({ name }) =>
        name === 'known' ? 'v' : undefined,
      ),
    ).toBe('a{x="v", y="$unknown", z="v"}');
    // Neither a dollar alone nor one in a replaced text is a variable.
    expect(replaceVariables('"^a$" $x', () => '$y')).toBe('"^a$" $y');
  });

  it.each<[string[], string | undefined, typeof single, string]>([
    [['backend'], undefined, single, 'backend'],
    [['a.b'], undefined, single, 'a.b'],
    [['say "hi"'], undefined, single, 'say \\"hi\\"'],
    [['backend'], undefined, multi, 'backend'],
    [['a.b:80'], undefined, multi, 'a\\\\.b:80'],
    [['a', 'b'], undefined, multi, '(a|b)'],
    [['a.b', 'c+d'], undefined, multi, '(a\\\\.b|c\\\\+d)'],
    [['a.b', 'c'], 'regex', multi, '(a\\.b|c)'],
    [['a.b'], 'regex', single, 'a\\.b'],
    [['a', 'b'], 'pipe', multi, 'a|b'],
    [['a', 'b'], 'csv', multi, 'a,b'],
    [['a', 'b'], 'glob', multi, '{a,b}'],
    [['a', 'b'], 'json', multi, '["a","b"]'],
    [['a', 'b'], 'doublequote', multi, '"a","b"'],
    [['a', 'b'], 'singlequote', multi, "'a','b'"],
    [['a b'], 'percentencode', single, 'a%20b'],
    [['a', 'b'], 'text', multi, 'a + b'],
  ])('%o as %s', (values, format, kind, text) =>
    expect(formatValues(values, format, kind)).toBe(text),
  );

  it('of a format that nobody knows are not made up', () =>
    expect(formatValues(['a'], 'nonsense', single)).toBeUndefined());
});

describe('intervals as Grafana computes them', () => {
  it.each([
    [3_600_000, 1_000, 15_000, 15_000],
    [21_600_000, 1_000, 15_000, 20_000],
    [86_400_000, 1_000, 15_000, 60_000],
    [3_600_000, 100, 0, 30_000],
    [1_000, 1_000, 0, 1],
    [31_536_000_000, 100, 0, 43_200_000],
  ])('%i ms in %i points, at least %i ms: %i ms', (range, points, least, interval) =>
    expect(intervalMs(range, points, least)).toBe(interval),
  );
  it('a rate finds two samples: at least four scrapes', () =>
    expect([rateIntervalMs(15_000, 15_000), rateIntervalMs(60_000, 15_000)]).toEqual([
      60_000, 75_000,
    ]));
});
