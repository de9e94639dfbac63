import type { LabelSet } from '../promql/label-set.ts';
import type { ScrapeJob } from './prometheus.ts';

/** The labels that Prometheus gives to what it scrapes, by job. */
export class TargetLabels {
  /** Undefined where nobody can tell. */
  private readonly byJob: ReadonlyMap<string, string[] | undefined>;

  constructor(jobs: readonly ScrapeJob[]) {
    this.byJob = labelsByJob(jobs);
  }

  jobs(): string[] {
    return [...this.byJob.keys()];
  }

  /** Those of one job's targets; undefined: nobody can tell, or there is no such job. */
  ofJob(job: string): string[] | undefined {
    return this.byJob.get(job);
  }

  /** Those of series of these jobs, with labels of their own; undefined: they can't be known. */
  of(jobs: string[], own: string[]): LabelSet | undefined {
    const targets = jobs.map((job) =>
      this.byJob.size === 0 ? ['job', 'instance'] : this.byJob.get(job),
    );
    if (targets.length === 0 || targets.some((t) => t === undefined)) return undefined;
    return {
      has: new Set(['job', 'instance', ...own]),
      may: new Set([...own, ...targets.flatMap((t) => t ?? [])]),
      lacks: new Set(),
    };
  }
}

/**
 * What several configurations call the same may have other labels in each: then they aren't known.
 */
function labelsByJob(jobs: readonly ScrapeJob[]): Map<string, string[] | undefined> {
  const known = new Map<string, string[] | undefined>();
  for (const { name, labels } of jobs) {
    const other = known.get(name);
    const differs = known.has(name) && String(other) !== String(labels);
    known.set(name, differs ? undefined : labels);
  }
  return known;
}
