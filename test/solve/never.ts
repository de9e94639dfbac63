/** For each kind of proof a rule that can never fire, what is said of it, and its repaired twin. */
export const NEVER: readonly [name: string, wrong: string, reason: RegExp, right: string][] = [
  ['two values', 'x{a="1",a="2"} > 1', /contradict/, 'x{a="1",b="2"} > 1'],
  [
    'a value against a pattern',
    'x{a="blue",a=~"red|green"} > 1',
    /contradict/,
    'x{a=~"red|blue"} > 1',
  ],
  ['nothing is not everything', 'x{a!~".*"} > 1', /no value pass/, 'x{a!~".+y"} > 1'],
  [
    'alternatives all excluded',
    'x{a=~"red|green",a!~"red|green|blue"} > 1',
    /contradict/,
    'x{a=~"red|green",a!~"red"} > 1',
  ],
  [
    'instance on one side',
    'sum by (job) (x) / y > 2',
    /`instance`/,
    'sum by (job, instance) (x) / y > 2',
  ],
  [
    'a label that was summed away',
    'sum by (a) (x) * on (b) y{b="1"} > 2',
    /`b`/,
    'sum by (a, b) (x) * on (b) y{b="1"} > 2',
  ],
  [
    'values that differ',
    'x{job="a"} / y{job="b"} > 2',
    /"a" on the left/,
    'x{job="a"} / ignoring (job, instance) y{job="b"} > 2',
  ],
  ['a sum of zeros', 'sum(x == 0) > 0', /always 0/, 'count(x == 0) > 0'],
  [
    'a series divided by itself',
    '100 / memory * memory{kind=~"free|cached"} < 20',
    /by itself, which leaves 100/,
    '100 / ignoring (kind) group_right () memory{kind="total"} * ignoring (kind) memory{kind="free"} < 20',
  ],
  [
    'a quantile of buckets without their bounds',
    'histogram_quantile(0.9, sum by (job) (rate(x_bucket[5m]))) > 2',
    /`le`/,
    'histogram_quantile(0.9, sum by (job, le) (rate(x_bucket[5m]))) > 2',
  ],
  [
    'what is joined stands in parentheses',
    '(sum by (a) (x) > 1) * on (b) (y{b="1"} > 0)',
    /`b`/,
    '(sum by (b) (x) > 1) * on (b) (y{b="1"} > 0)',
  ],
  ['a limit before its values', '9 < x < 5', /between 9 and Infinity/, '2 < x > 5'],
  ['no count is 0', 'count(x) == 0', /never true/, 'count(x) == 1'],
  ['no rate is negative', 'rate(x[5m]) < 0', /never true/, 'deriv(x[5m]) < 0'],
  [
    'an hour beyond the day',
    'x > 1 and on () hour() > 23',
    /never true/,
    'x > 1 and on () hour() >= 0',
  ],
];
