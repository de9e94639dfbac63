import type { Matcher } from '../promql/ast.ts';
import { ANY_LABELS, either } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { passes } from '../promql/matchers.ts';
import { asStored, seriesNames, seriesType } from './families.ts';
import type { MetricType } from './families.ts';
import type { ScrapeJob } from './prometheus.ts';
import type { Exposed } from './source/exposition.ts';
import type { TargetLabels } from './target-labels.ts';

/** What is known of the series of one name. */
export interface ExposedSeries {
  type: MetricType | undefined;
  labels: LabelSet | undefined;
  /** Values that were there when the text was saved: others may come. */
  seen: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The same of the series of several jobs together. */
export interface ExposedTogether extends ExposedSeries {
  /** Whether each job that may have some has a text; else others may be otherwise. */
  areAll: boolean;
}

/** A job as far as it matters whose series those of a text are. */
type Job = Pick<ScrapeJob, 'name' | 'jobLabel' | 'renames'>;

/** What the saved /metrics texts of jobs have. A text speaks of its own job, and of no other. */
export class ExposedMetrics {
  /** By the series' name, then by job. */
  private readonly byName = new Map<string, Map<string, ExposedSeries>>();
  private readonly saved: ReadonlySet<string>;
  private readonly jobs: Job[];
  /** Whether there may be jobs that nobody here knows of. */
  private readonly isOpen: boolean;

  /**
   * @param jobs what the stack scrapes; none when nothing is known of it
   * @param receives whether others send series, too
   */
  constructor(
    texts: ReadonlyMap<string, Exposed[]>,
    jobs: Job[],
    targets: TargetLabels,
    receives: boolean,
  ) {
    this.saved = new Set(texts.keys());
    this.isOpen = receives || jobs.length === 0;
    const without = [...texts.keys()].filter((name) => jobs.every((job) => job.name !== name));
    // Of a job that isn't among them no more is known than its name.
    this.jobs = [...jobs, ...without.map((name) => ({ name, jobLabel: name, renames: false }))];
    for (const [job, families] of texts)
      for (const family of families) this.add(job, family, targets);
  }

  names(): string[] {
    return [...this.byName.keys()];
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Jobs that have it, of those with a text. */
  jobsOf(name: string): string[] {
    return [...(this.byName.get(name)?.keys() ?? [])];
  }

  /** Whether every job whose series may pass has a text; not where no job's can. */
  areWhole(matchers: readonly Matcher[] = []): boolean {
    const asked = this.asked(matchers);
    const isPinned = matchers.some(({ label, op }) => label === 'job' && op === '=');
    return (
      asked.length > 0 &&
      (isPinned || !this.isOpen) &&
      asked.every(({ name }) => this.saved.has(name))
    );
  }

  /** Whether no job whose series may pass exports it; not where that can't be known. */
  lacks(name: string, matchers: readonly Matcher[] = []): boolean {
    const having = this.byName.get(name);
    return (
      this.areWhole(matchers) &&
      this.asked(matchers).every((job) => !job.renames && !having?.has(job.name))
    );
  }

  /** What the series that may pass have in common; undefined where no text has any. */
  of(name: string, matchers: readonly Matcher[] = []): ExposedTogether | undefined {
    const having = this.byName.get(name);
    const found = this.asked(matchers).flatMap((job) => having?.get(job.name) ?? []);
    return found.length === 0
      ? undefined
      : { ...found.reduce(together), areAll: this.areWhole(matchers) };
  }

  /** Jobs whose series may pass, by what is asked of their label `job`. */
  private asked(matchers: readonly Matcher[]): Job[] {
    const ofJob = matchers.filter(({ label }) => label === 'job');
    return this.jobs.filter(
      ({ jobLabel }) =>
        jobLabel === undefined || ofJob.every((one) => passes(one, jobLabel) !== false),
    );
  }

  private add(job: string, family: Exposed, targets: TargetLabels): void {
    const ofTarget = targets.ofJob(job);
    // A library may say what a metric is before there is a series of it: no more is known then.
    for (const name of family.series.size === 0 ? declared(family) : []) {
      const type = seriesType(family.type, name, family.name);
      this.put(name, job, { type, labels: undefined, seen: new Map() });
    }
    for (const [name, series] of family.series) {
      const own = new Map([...series].map(([label, seen]) => [stored(label, ofTarget), seen]));
      this.put(name, job, {
        type: seriesType(family.type, name, family.name),
        labels: ofTarget && {
          ...ANY_LABELS,
          has: new Set(['job', 'instance']),
          may: new Set([...ofTarget, ...own.keys()]),
        },
        seen: new Map([...own].map(([label, values]) => [label, asStored(label, values)])),
      });
    }
  }

  private put(name: string, job: string, series: ExposedSeries): void {
    const byJob = this.byName.get(name) ?? new Map<string, ExposedSeries>();
    this.byName.set(name, byJob.set(job, series));
  }
}

/** What OpenMetrics puts behind the names of such families. */
const ENDINGS: Readonly<Record<string, string>> = { counter: '_total', info: '_info' };

/** Names of series that a family without any may have. */
function declared({ name, type = '' }: Exposed): string[] {
  const ending = ENDINGS[type];
  if (ending === undefined) return seriesNames(type, name);
  return name.endsWith(ending) ? [name] : [name, name + ending];
}

/**
 * What a label is called once it is scraped: one that the target has too is put aside
 * (scrape/scrape.go, `mutateSampleLabels`; where labels are honoured the target's aren't known).
 */
function stored(label: string, ofTarget: readonly string[] | undefined): string {
  return ofTarget?.includes(label) === true ? `exported_${label}` : label;
}

/** What holds for a series that is of either of the two. */
function together(a: ExposedSeries, b: ExposedSeries): ExposedSeries {
  const seen = new Map([...a.seen].map(([label, values]) => [label, new Set(values)]));
  for (const [label, values] of b.seen)
    seen.set(label, new Set([...(seen.get(label) ?? []), ...values]));
  return {
    type: a.type === b.type ? a.type : undefined,
    labels: a.labels && b.labels && either(a.labels, b.labels),
    seen,
  };
}
