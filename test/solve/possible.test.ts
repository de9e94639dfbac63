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
  [
    'a rate of what falls below 0',
    'rate(node_hwmon_temp_celsius[5m]) < 0',
    'rate((node_hwmon_temp_celsius > 0)[5m:]) < 0',
  ],
  [
    'an age behind its limit',
    '(60 < time() - timestamp(x)) > 100',
    '(60 < time() - timestamp(x)) > 300',
  ],
  [
    'what is no number is another one',
    'vector(scalar(group(up{job="a"}))) != 1',
    'group(up{job="a"}) != 1',
  ],
  ['nor is what is no number times 0', 'x * 0 != 0', '(x == 0) != 0'],
  [
    'nor an age of several series',
    'vector(time() - scalar(timestamp(x > 5))) != 0',
    'time() - timestamp(x > 5) != 0',
  ],
  ['nor is a change ahead', 'idelta(x[5m:] offset -5m) != 0', 'changes(x[5m:] offset -5m) != 0'],
  [
    'a count of values writes over a label',
    'count_values without (instance) ("job", x{job="a"}) > 1 and on (job) up{job="7"}',
    'count_values without (instance) ("v", x{job="a"}) > 1 and on (job) up{job="7"}',
  ],
  [
    'a long text',
    `x{a=~"${'y'.repeat(300)}|b",a!="b"} > 1`,
    `x{a=~"${'y'.repeat(300)}|b",a!="b",a!="${'y'.repeat(300)}"} > 1`,
  ],
  [
    'a quantile that is worked out',
    'quantile_over_time(1 - 0.05, x[5m]) > 2',
    'quantile_over_time(1 - 0.05, up[5m]) > 2',
  ],
  ['a quantile in per cent', 'quantile(95, up) > 1', 'quantile(0.95, up) > 1'],
  ['and one that a series says', 'quantile(scalar(y), up) > 1', 'quantile(1, up) > 1'],
  ['a limit that is set or not', 'sum(jvm_memory_max_bytes) < 0', 'sum(jvm_memory_used_bytes) < 0'],
  ['what lies between two', 'sync_delta_bytes < -5', 'sync_pending_bytes < -5'],
  ['what somebody else records', 'job:left_bytes < -5', 'left_bytes < -5'],
  [
    'what several of the other side are taken from',
    'sum(size_bytes - on (job) group_right used_bytes) / sum(size_bytes) > 90',
    'sum(size_bytes - used_bytes) / sum(size_bytes) > 90',
  ],
  [
    'what something below 0 is taken from',
    'sum(size_bytes - used) / sum(size_bytes) > 90',
    'sum(size_bytes - abs(used)) / sum(size_bytes) > 90',
  ],
  [
    'what fills in for a side that is never there',
    'x + fill(0) y{a=~"b",a=~"c"} > 1',
    'x{a="b",a="c"} + fill(0) y{a="b",a="c"} > 1',
  ],
  [
    'what fills in beyond the bounds of its side',
    'up{job="a"} < fill(5) (y == -3)',
    'up{job="a"} < (y == -3)',
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
