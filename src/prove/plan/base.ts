import { groupBy } from '../../lib/group-by.ts';
import type { SyntheticSeries, SyntheticStep } from '../../model/synthetic.ts';
import type { JobTarget, JobTargets } from './target.ts';
import type { StoredSeries } from './on-target.ts';
import { livingSeries } from './saved.ts';
import type { LivingSeries, SavedMetrics } from './saved.ts';
import { scrapersIn } from './shared.ts';
import { storedAs } from './stored-as.ts';
import { storedLabels } from './stored-bounds.ts';

/** A series that a target has beside whatever is provoked. */
export interface BaseSeries {
  target: JobTarget;
  /** As the target exports it, from the beginning on. */
  exported: SyntheticSeries;
  /** As Prometheus has it; undefined where relabelling drops it. */
  stored: (StoredSeries & SyntheticSeries) | undefined;
}

/** What every target of a job exports whose metrics were saved, by any job that scrapes it. */
export function baseOf(jobs: JobTargets[], saved: SavedMetrics): BaseSeries[] {
  const known = new Map([...saved].map(([name, text]) => [name, livingSeries(text)]));
  const scrapersOf = scrapersIn(jobs);
  return jobs.flatMap((job) => {
    const own = (target: JobTarget): LivingSeries[] =>
      onceEach(
        [job, ...scrapersOf(target).map((one) => one.job)].flatMap(
          ({ name }) => known.get(name) ?? [],
        ),
      );
    return job.targets.flatMap((target) =>
      own(target).map(({ metric, labels: told, shape }): BaseSeries => {
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

/** Of several that are one series, the first. */
export function onceEach<S extends Pick<SyntheticSeries, 'metric' | 'labels'>>(all: S[]): S[] {
  return [...groupBy(all, seriesKey).values()].flatMap(([first]) => first ?? []);
}

/** The same text for the same series. */
function seriesKey({ metric, labels }: Pick<SyntheticSeries, 'metric' | 'labels'>): string {
  return JSON.stringify([metric, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
