import type { Matcher } from '../promql/ast.ts';
import { perhapsWith } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { isMade } from '../promql/made.ts';
import { isNeverNegative } from '../promql/never-negative.ts';
import type { Contract } from './contract.ts';
import { ExposedMetrics } from './exposed-metrics.ts';
import type { ExposedTogether } from './exposed-metrics.ts';
import { typeByName } from './families.ts';
import type { MetricType } from './families.ts';
import { isBuiltIn, isTakenForGranted, KnownMetrics } from './known-metrics.ts';
import { scrapedLabels } from './lost-labels.ts';
import type { LostLabels } from './lost-labels.ts';
import type { Elsewhere } from './prometheus-flags.ts';
import type { ScrapeJob } from './prometheus.ts';
import type { Group } from './rules.ts';
import type { Exposed } from './source/exposition.ts';
import { TargetLabels } from './target-labels.ts';

/** What is known of a stack's metrics stems from here. */
interface Sources {
  contract: Contract | undefined;
  jobs: ScrapeJob[];
  groups: Group[];
  /** What saved /metrics texts have, by job. */
  texts: Map<string, Exposed[]>;
  elsewhere: Elsewhere;
  lost: readonly LostLabels[];
}

/**
 * What is known of the stack's metrics: by contract, by saved /metrics texts, by recording rules.
 */
export class Metrics {
  private readonly known: KnownMetrics;
  /** Where nothing of the kind is said: what saved texts have. */
  private readonly exposed: ExposedMetrics;
  private readonly targets: TargetLabels;
  private readonly elsewhere: Elsewhere;
  private readonly lost: readonly LostLabels[];

  constructor({ contract, jobs, groups, texts, elsewhere, lost }: Sources) {
    this.elsewhere = elsewhere;
    this.lost = lost;
    this.targets = new TargetLabels(jobs);
    this.exposed = new ExposedMetrics(texts, jobs, this.targets, elsewhere.receives);
    this.known = new KnownMetrics(contract, groups, this.targets, (name, matchers) =>
      this.unsaid(name, matchers),
    );
  }

  has(name: string): boolean {
    return this.known.get(name) !== undefined || this.exposed.has(name);
  }

  names(): string[] {
    return [...new Set([...this.known.names(), ...this.exposed.names()])];
  }

  /**
   * Whether nobody exports it, as far as anybody can know. @param matchers what is asked of its
   * series
   */
  isMissing(name: string, matchers: readonly Matcher[] = []): boolean {
    if (this.known.get(name) || isBuiltIn(name)) return false;
    if (this.exposed.lacks(name, matchers)) return true;
    return this.known.areAll && !isTakenForGranted(name) && !this.exposed.has(name);
  }

  /** The jobs that export it; undefined where others may. */
  jobsOf(name: string): string[] | undefined {
    const known = this.known.get(name);
    if (known || !this.exposed.has(name)) return known?.jobs;
    return this.exposed.areWhole() ? this.exposed.jobsOf(name) : undefined;
  }

  /** All values that a label can have: by the contract, or of buckets, whose bounds are fixed. */
  valuesOf(name: string, label: string, matchers: readonly Matcher[] = []): string[] | undefined {
    const known = this.known.get(name);
    if (known || label !== 'le') return known?.values.get(label);
    const saved = this.exposed.of(name, matchers);
    const isAll = saved?.areAll === true && saved.labels !== undefined;
    return isAll ? [...(saved.seen.get(label) ?? [])] : undefined;
  }

  /** What saved texts have of its series, where nothing better is known. */
  saved(name: string, matchers: readonly Matcher[] = []): ExposedTogether | undefined {
    return this.known.get(name) !== undefined ? undefined : this.exposed.of(name, matchers);
  }

  /** As `labelsOf` asks for them. */
  readonly labels = (name: string, matchers: readonly Matcher[] = []): LabelSet | undefined => {
    const known = name === 'up' ? undefined : this.known.get(name);
    return known ? known.labels : this.unsaid(name, matchers);
  };

  /**
   * The same for who may ask the one that ours are sent to: there they have external labels too.
   */
  readonly labelsThere = (
    name: string,
    matchers: readonly Matcher[] = [],
  ): LabelSet | undefined => {
    const set = this.labels(name, matchers);
    return set && perhapsWith(set, this.elsewhere.added);
  };

  /**
   * Only when it is certain: by contract, by a saved `# TYPE`, or by a name that everybody knows.
   */
  type(name: string): MetricType | undefined {
    const metric = this.known.get(name) ?? this.exposed.of(name);
    return metric ? metric.type : typeByName(name);
  }

  neverNegative(name: string): boolean {
    return this.type(name) === 'counter' || isNeverNegative(name);
  }

  /** The labels of what neither a contract nor a recording rule speaks of. */
  private unsaid(name: string, matchers: readonly Matcher[]): LabelSet | undefined {
    if (name === 'up' && this.elsewhere.receives) return undefined;
    if (name === 'up' && this.targets.jobs().length > 0)
      return this.targets.of(this.targets.jobs(), []);
    const saved = this.exposed.of(name, matchers);
    if (saved?.areAll === true) return saved.labels;
    return isMade(name) ? undefined : scrapedLabels(name, matchers, this.lost);
  }
}
