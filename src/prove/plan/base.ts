import { groupBy } from '../../lib/group-by.ts';
import type { SyntheticSeries, SyntheticStep } from '../../model/synthetic.ts';
import type { VirtualSeries } from '../../model/virtual-world.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { livingSeries } from './saved.ts';
import type { SavedMetrics } from './saved.ts';
import { storedLabels } from './stored-bounds.ts';

/** A series that a target has beside whatever is provoked. */
export interface BaseSeries {
  target: JobTarget;
  /** As the target exports it, from the beginning on. */
  exported: SyntheticSeries;
  /** As Prometheus has it; undefined where relabelling drops it. */
  stored: VirtualSeries | undefined;
}

/** What every target of a job exports whose metrics were saved. */
export function baseOf(jobs: JobTargets[], saved: SavedMetrics): BaseSeries[] {
  return jobs.flatMap((job) => {
    const text = saved.get(job.name);
    const living = text ? livingSeries(text) : [];
    return job.targets.flatMap((target) =>
      living.map(({ metric, labels: told, shape }): BaseSeries => {
        const labels = storedLabels(metric, told, job.floats);
        const steps: SyntheticStep[] = [{ atMs: 0, shape }];
        const final = storedAs(metric, labels, job, target);
        return {
          target,
          exported: { metric, labels, steps },
          stored: final && { ...final, steps },
        };
      }),
    );
  });
}

/**
 * A series as Prometheus stores it: where labels aren't honoured, a target's own go before those
 * that it exports, which are called `exported_…` then (scrape/scrape.go, `mutateSampleLabels`).
 */
function storedAs(
  metric: string,
  exported: Labels,
  { config }: JobTargets,
  { labels: ofTarget }: JobTarget,
): Pick<VirtualSeries, 'metric' | 'labels'> | undefined {
  const honors = config['honor_labels'] === true;
  const own = Object.entries(exported).map(([name, value]): [string, string] => [
    !honors && ofTarget[name] !== undefined ? `exported_${name}` : name,
    value,
  ]);
  const rules = config['metric_relabel_configs'];
  const result = relabel(
    { ...ofTarget, ...Object.fromEntries(own), __name__: metric },
    Array.isArray(rules) ? (rules as RelabelRule[]) : [],
  );
  if ('droppedBy' in result) return undefined;
  const { __name__: name = metric, ...labels } = result.labels;
  return { metric: name, labels };
}

/**
 * Series beside those of the base, each once: of one that both have, the base is what stands where
 * nothing is provoked.
 */
export function overBase<S extends SyntheticSeries>(base: S[], provoked: S[]): S[] {
  const over = new Map(joined(provoked).map((one) => [seriesKey(one), one]));
  const under = new Set(base.map(seriesKey));
  const combined = base.map((one): S => {
    const own = over.get(seriesKey(one));
    const [first] = one.steps;
    if (!own || !first) return one;
    const steps = own.steps.map(({ atMs, shape }) => ({
      atMs,
      shape: shape.kind === 'absent' ? first.shape : shape,
    }));
    return { ...own, steps: [first, ...steps] };
  });
  return [...combined, ...[...over.values()].filter((one) => !under.has(seriesKey(one)))];
}

/** One series of all that tracks make of it one after the other. */
function joined<S extends SyntheticSeries>(series: S[]): S[] {
  const isEnd = ({ shape }: SyntheticStep): number => (shape.kind === 'absent' ? 0 : 1);
  return [...groupBy(series, seriesKey).values()].flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const steps = [first, ...others].flatMap((one) => one.steps);
    return { ...first, steps: steps.sort((a, b) => a.atMs - b.atMs || isEnd(a) - isEnd(b)) };
  });
}

/** The same text for the same series. */
function seriesKey({ metric, labels }: Pick<SyntheticSeries, 'metric' | 'labels'>): string {
  return JSON.stringify([metric, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
