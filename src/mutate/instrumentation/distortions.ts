import type { MetricMetadata } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';

/** What was recorded of one metric at one job. */
export interface Recorded {
  series: Series[];
  metadata: MetricMetadata[];
}

/** Every way of getting the instrumentation of a service wrong. */
export const INSTRUMENTATION_OPERATORS = [
  ...['metric-renamed', 'metric-unit-changed', 'metric-type-changed'],
  ...['label-lost', 'label-value-wrong', 'label-without-bound'],
  ...['counter-skips', 'gauge-never-falls', 'raw-path', 'buckets-cut-off'],
] as const;
type Operator = (typeof INSTRUMENTATION_OPERATORS)[number];

/**
 * A mistake in a service's instrumentation, done to what was recorded as the mistake would have.
 */
export interface Distortion {
  operator: Operator;
  /** What is exported then, in a few words. */
  becomes: string;
  /** The label that is got wrong. */
  label?: string;
  recorded: Recorded;
}

type Samples = Series['samples'];
const nameOf = ({ labels }: Series): string => labels['__name__'] ?? '';

/**
 * Every mistake that could have been made in how a metric is exported, as far as what was recorded
 * shows it.
 * @param labels those that the contract promises
 */
export function distortionsOf(
  metric: { name: string; type: string; labels: string[] },
  recorded: Recorded,
): Distortion[] {
  const { series } = recorded;
  const otherType = metric.type === 'gauge' ? 'counter' : 'gauge';
  const metadata = recorded.metadata.map((one) => ({ ...one, type: otherType }));
  const of: Distort = (operator, becomes, change) => ({
    operator,
    becomes,
    recorded: { ...recorded, series: merged(series.flatMap(change)) },
  });
  const isBucket = (one: Series): boolean => nameOf(one) === `${metric.name}_bucket`;
  const all: Distortion[] = [
    {
      operator: 'metric-renamed',
      becomes: `${metric.name}_new`,
      recorded: { series: [], metadata: [] },
    },
    of('metric-unit-changed', 'a thousand times as much', unitChanged(series)),
    { operator: 'metric-type-changed', becomes: otherType, recorded: { series, metadata } },
    ...metric.labels.flatMap((label) => wrongLabel(label, series, of)),
    of('label-without-bound', 'a label with a number of its own', (one) => [
      { ...one, labels: { ...one.labels, id: '17' } },
    ]),
    ...wrongValues(metric.type, of),
    ...(metric.labels.includes('endpoint') ? [rawPath(of)] : []),
    ...(series.some(isBucket)
      ? [of('buckets-cut-off', 'no bucket above the first two', bucketsUpTo(series, 2))]
      : []),
  ];
  return all.filter(({ recorded: r }) => !isSame(r, recorded));
}

/** Does a mistake to each of the recorded series. */
type Distort = (
  operator: Operator,
  becomes: string,
  change: (one: Series) => Series[],
) => Distortion;

function wrongLabel(label: string, series: Series[], of: Distort): Distortion[] {
  return [
    { ...of('label-lost', `without ${label}`, (one) => [without(one, label)]), label },
    {
      ...of('label-value-wrong', `${label} of all the same`, (one) => [
        { ...one, labels: { ...one.labels, [label]: series[0]?.labels[label] ?? '' } },
      ]),
      label,
    },
  ];
}

function wrongValues(type: string, of: Distort): Distortion[] {
  if (type === 'counter')
    return [
      of('counter-skips', 'one in ten is not counted', (one) => [
        withValues(one, (v) => Math.floor(v * 0.9)),
      ]),
    ];
  if (type === 'gauge')
    return [
      of('gauge-never-falls', 'its highest so far', (one) => [
        { ...one, samples: highest(one.samples) },
      ]),
    ];
  return [];
}

function rawPath(of: Distort): Distortion {
  return of('raw-path', 'the path as it was asked', (one) => {
    const endpoint = `${one.labels['endpoint'] ?? ''}`.replace(/:\w+/g, '4711');
    return [{ ...one, labels: { ...one.labels, endpoint } }];
  });
}

function withValues(one: Series, change: (value: number) => number): Series {
  return { ...one, samples: one.samples.map(([at, value]) => [at, change(value)]) };
}

function without({ labels, samples }: Series, label: string): Series {
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => name !== label)),
    samples,
  };
}

function highest(samples: Samples): Samples {
  let top = -Infinity;
  return samples.map(([at, value]) => [at, (top = Math.max(top, value))]);
}

/**
 * Another unit of what is observed: of a histogram everything falls into higher buckets. What of a
 * bucket would stay in one is not known; as much as is certain does.
 */
function unitChanged(series: Series[]): (one: Series) => Series[] {
  const limits = limitsOf(series);
  const bucketAt = (le: number, { labels }: Series): Series | undefined =>
    series.find((other) => Number(other.labels['le']) === le && isBeside(other.labels, labels));
  return (one) => {
    if (nameOf(one).endsWith('_count') || one.labels['le'] === '+Inf') return [one];
    if (one.labels['le'] === undefined) return [withValues(one, (v) => v * FACTOR)];
    const le = limits.findLast((limit) => limit <= Number(one.labels['le']) / FACTOR);
    const lower = le === undefined ? undefined : bucketAt(le, one);
    return [lower ? { ...lower, labels: one.labels } : withValues(one, () => 0)];
  };
}

const FACTOR = 1_000;

/** Whether two buckets are of one histogram. */
function isBeside(a: Series['labels'], b: Series['labels']): boolean {
  const keys = Object.keys(a).filter((key) => key !== 'le');
  return Object.keys(b).length === keys.length + 1 && keys.every((key) => a[key] === b[key]);
}

/** Series with the same labels are one: of a scrape's samples Prometheus keeps the first. */
function merged(series: Series[]): Series[] {
  const seen = new Map<string, Series>();
  for (const one of series) {
    const key = JSON.stringify(Object.entries(one.labels).sort());
    const first = seen.get(key);
    if (!first) seen.set(key, one);
    else seen.set(key, { ...first, samples: together(first.samples, one.samples) });
  }
  return [...seen.values()];
}

function together(first: Samples, second: Samples): Samples {
  const known = new Set(first.map(([at]) => at));
  const added = second.filter(([at]) => !known.has(at));
  return added.length === 0 ? first : [...first, ...added].sort(([a], [b]) => a - b);
}

/** Upper bounds of the buckets of a histogram, rising. */
function limitsOf(series: Series[]): number[] {
  return [...new Set(series.flatMap(({ labels }) => labels['le'] ?? []))]
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
}

/** Of every histogram the lowest buckets, and the one for all. */
function bucketsUpTo(series: Series[], count: number): (one: Series) => Series[] {
  const kept = new Set(limitsOf(series).slice(0, count));
  return (one) => {
    const le = one.labels['le'];
    return le === undefined || le === '+Inf' || kept.has(Number(le)) ? [one] : [];
  };
}

function isSame(a: Recorded, b: Recorded): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
