import { describe, expect, it } from 'vitest';
import { neverReason } from './support.ts';

/** What may fire, and a twin of it that never does: the one is not claimed, the other still is. */
const POSSIBLE: readonly [name: string, possible: string, never: string][] = [
  [
    'what is absent has its labels at any time',
    'absent(foo{job="a"}) and absent(foo{job="a"} offset 5m)',
    'absent(foo{job="a"}) and absent(foo{job=~"a"} offset 5m)',
  ],
  [
    'and of a window that lies elsewhere',
    'absent_over_time(foo{job="a"}[5m] offset 5m) and on (job) up{job="a"} == 0',
    'absent_over_time(foo{job="a"}[5m:1m] offset 5m) and on (job) up{job="a"} == 0',
  ],
  [
    'what is absent has what is asked for last',
    'absent(foo{job!="",job="a"}) and on (job) up{job="a"} == 0',
    'absent(foo{job="a",job!=""}) and on (job) up{job="a"} == 0',
  ],
  ['what is ahead of a moment long ago', 'x offset -1h @ 600 > 5', 'x offset -1h > 5'],
  ['on either side of it', 'x @ 600 offset -1h > 5', '(x offset -1h) > 5'],
  [
    'what is ahead within a subquery',
    'min_over_time((rate(x_total[5m] offset -5m))[1h:1m]) > 5',
    'rate(x_total[5m] offset -5m) > 5',
  ],
  [
    'a sample that is ahead within a subquery',
    'max_over_time((x offset -10m)[1h:1m]) > 5',
    'max_over_time((x offset -10m > 5 < 3)[1h:1m]) > 5',
  ],
  [
    'a change that is ahead within a subquery',
    'max_over_time((increase(x_total[5m:] offset -5m) > 3)[1h:1m]) > 5',
    'increase(x_total[5m:] offset -5m) > 3',
  ],
];

/** Patterns that pass `prod`, some of which nobody here understands. */
const PATTERNS = [
  ...['[\\S]+', '[\\D]+', '\\pL+', '\\p{L}+', '[[:^space:]]+', '[[:graph:]]+'],
  ...['[[:punct:]a-z]+', '\\Qprod\\E', '\\141.*|prod'],
].map((pattern) => JSON.stringify(pattern));

describe('a pattern is held against what a rule gives only as far as it is understood', () => {
  const rate = { record: 'job:e:rate5m', expr: 'sum by (job) (rate(e_total[5m]))' };
  const recorded = { ...rate, labels: { env: 'prod' } };
  const alert = { alert: 'High', expr: 'sum by (job) (x) > 1', labels: { env: 'prod' } };

  it.each(PATTERNS)('%s', (pattern) => {
    const states = pattern.replace('prod', 'firing');
    expect(neverReason([recorded, `job:e:rate5m{env=~${pattern}} > 1`])).toBeUndefined();
    for (const asked of [`env=~${pattern}`, `alertstate=~${states}`])
      expect(neverReason([alert, `ALERTS{alertname="High",${asked}} == 1`])).toBeUndefined();
  });

  it('and what it surely leaves out is told', () => {
    const asked = (matcher: string): string | undefined =>
      neverReason([recorded, `job:e:rate5m{${matcher}} > 1`]);
    expect(asked('env=~"[\\\\d]+"')).toBeDefined();
    expect(asked('team=~".+"')).toBeDefined();
    expect(asked('team=~"\\\\pL+"')).toBeUndefined();
    expect(asked('job="b",job=~"\\\\pL+"')).toBeUndefined();
  });
});

describe('what may fire is not said to be impossible, and its twin is', () => {
  it.each(POSSIBLE)('%s', (_, possible, never) => {
    expect(neverReason([possible])).toBeUndefined();
    expect(neverReason([never])).toBeDefined();
  });
});

describe('a group that looks back sees what is ahead of that', () => {
  const ahead = { alert: 'A', expr: 'rate(x_total[1m] offset -1m) > 5', for: '5m' };
  it('and any other nothing', () => {
    expect(neverReason([ahead], { global: { rule_query_offset: '1m' } })).toBeUndefined();
    expect(neverReason([ahead], { global: {} })).toBeDefined();
  });
});
