import type { MetricContract } from '../../../../model/contract.ts';
import { BUCKETS, Exposition } from './exposition.ts';

/** Values that expressions look for, by label; all other labels get numbered ones. */
const VALUES: Record<string, string[]> = {
  status: ['200', '204', '404', '500', '503'],
  method: ['GET', 'POST', 'PUT', 'DELETE'],
  mode: ['idle', 'user', 'system', 'iowait', 'irq', 'softirq', 'steal', 'nice'],
  fstype: ['ext4'],
};

/** A metric of a job as the contract promises it: as many series as it may have at most. */
interface Promised extends Pick<MetricContract, 'name' | 'type' | 'labels' | 'series'> {
  jobs: string[];
}

/** The label sets of a metric's series, as many as it may have; fewer when its labels have no more values. */
export function labelSets({ labels, series }: Pick<Promised, 'labels' | 'series'>): Record<string, string>[] {
  // Known values first, so that each of them comes with every value of the last label.
  const sorted = [...labels].sort((a, b) => Number(!(a in VALUES)) - Number(!(b in VALUES)));
  const endless = sorted.length > 0 && !((sorted.at(-1) ?? '') in VALUES);
  const most = endless ? series : sorted.reduce((product, label) => product * (VALUES[label]?.length ?? 1), 1);
  return Array.from({ length: Math.min(series, most) }, (_, n) => {
    let left = n;
    return Object.fromEntries(sorted.map((label, i) => {
      const known = VALUES[label];
      const size = known?.length ?? (i === sorted.length - 1 ? Infinity : 1);
      const at = size === Infinity ? left : left % size;
      left = size === Infinity ? 0 : Math.floor(left / size);
      return [label, known?.[at] ?? `${label}-${at}`];
    }));
  });
}

/** A job's metrics as the contract promises them, at their largest. */
export function jobText(job: string, metrics: Promised[]): Exposition {
  const text = new Exposition();
  for (const metric of metrics.filter(({ jobs }) => jobs.includes(job))) {
    text.metric(metric.name, metric.type);
    for (const set of labelSets(metric)) {
      const labels = Object.entries(set).map(([name, value]) => `${name}="${value}"`).join(',');
      if (metric.type === 'histogram') text.histogram(metric.name, labels, BUCKETS);
      else text.add(metric.name, labels, metric.type);
    }
  }
  return text;
}
