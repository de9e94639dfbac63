import type { MetricPlan } from '../../../model/metric-plan.ts';
import { BUCKETS, Exposition } from './exposition.ts';
import type { Move } from './exposition.ts';

/** Values that expressions look for, by label; all other labels get numbered ones. */
const VALUES: Record<string, string[]> = {
  status: ['200', '204', '404', '500', '503'],
  method: ['GET', 'POST', 'PUT', 'DELETE'],
  mode: ['idle', 'user', 'system', 'iowait', 'irq', 'softirq', 'steal', 'nice'],
  fstype: ['ext4'],
};
/** A machine of eight CPUs has so many, and few things have more. */
const MOST_SERIES = 64;
/** What stays at 1, so that no alert fires: it is about the work of looking, not of telling. */
const QUIET = /offline|backends|queue|usage|misses|errors|failures|failed|dropped/;
/** What says by itself that something is wrong. */
const ALARM = /alarms|drive_offline/;

/**
 * The label sets of a metric's series, as many as it may have; fewer when its labels have no more
 * values.
 */
export function labelSets({
  labels,
  series,
}: Pick<MetricPlan, 'labels' | 'series'>): Record<string, string>[] {
  // Known values first, so that each of them comes with every value of the last label.
  const sorted = [...labels].sort((a, b) => Number(!(a in VALUES)) - Number(!(b in VALUES)));
  const endless = sorted.length > 0 && !((sorted.at(-1) ?? '') in VALUES);
  const most = endless
    ? MOST_SERIES
    : sorted.reduce((product, label) => product * (VALUES[label]?.length ?? 1), 1);
  return Array.from({ length: Math.min(series, most) }, (_, n) => {
    let left = n;
    return Object.fromEntries(
      sorted.map((label, i) => {
        const known = VALUES[label];
        const size = known?.length ?? (i === sorted.length - 1 ? Infinity : 1);
        const at = size === Infinity ? left : left % size;
        left = size === Infinity ? 0 : Math.floor(left / size);
        return [label, known?.[at] ?? `${label}-${at}`];
      }),
    );
  });
}

/** One series of a job. */
export interface JobSeries {
  name: string;
  labels: string;
  move: Move;
}

/** A job's metrics as the contract promises them, each at its largest. */
export function jobSeries(
  job: string,
  metrics: MetricPlan[],
): { metric: MetricPlan; series: JobSeries[] }[] {
  return metrics
    .filter(({ jobs }) => jobs.includes(job))
    .map((metric) => ({
      metric,
      series: labelSets(metric).flatMap((set): JobSeries[] => {
        const labels = Object.entries(set)
          .map(([name, value]) => `${name}="${value}"`)
          .join(',');
        if (metric.type !== 'histogram')
          return [{ name: metric.name, labels, move: moveOf(metric, set) }];
        const comma = labels === '' ? '' : ',';
        return [
          ...BUCKETS.map((le): JobSeries => ({
            name: `${metric.name}_bucket`,
            labels: `${labels}${comma}le="${le}"`,
            move: 'bucket',
          })),
          { name: `${metric.name}_sum`, labels, move: 'bucket' },
          { name: `${metric.name}_count`, labels, move: 'bucket' },
        ];
      }),
    }));
}

/** The same as a text to be scraped. */
export function jobText(job: string, metrics: MetricPlan[]): Exposition {
  const text = new Exposition();
  for (const { metric, series } of jobSeries(job, metrics)) {
    text.metric(metric.name, metric.type);
    for (const { name, labels, move } of series) text.add(name, labels, move);
  }
  return text;
}

function moveOf({ name, type }: MetricPlan, set: Record<string, string>): Move {
  if (ALARM.test(name)) return 'zero';
  const failed = set['status']?.startsWith('5') ?? false;
  const busy = set['mode'] !== undefined && set['mode'] !== 'idle';
  return failed || busy || QUIET.test(name) ? 'one' : type === 'counter' ? 'counter' : 'gauge';
}
