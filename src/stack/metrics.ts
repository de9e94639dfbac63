import { groupBy } from '../lib/group-by.ts';
import { ANY_LABELS, either, perhapsWith } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { selectors } from '../promql/ast.ts';
import type { Matcher } from '../promql/ast.ts';
import { labelsOf } from '../promql/labels.ts';
import { isMade } from '../promql/made.ts';
import type { Contract, PromisedMetric } from './contract.ts';
import { ExposedMetrics } from './exposed-metrics.ts';
import type { ExposedTogether } from './exposed-metrics.ts';
import { extraLabels, seriesNames, seriesType, typeByName } from './families.ts';
import type { MetricType } from './families.ts';
import type { Elsewhere } from './prometheus-flags.ts';
import { scrapedLabels } from './lost-labels.ts';
import type { LostLabels } from './lost-labels.ts';
import type { ScrapeJob } from './prometheus.ts';
import type { Group, Rule } from './rules.ts';
import type { Exposed } from './source/exposition.ts';

/** What a contract or a recording rule says of one name of a series (a histogram has three). */
interface Metric {
  type: MetricType | undefined;
  /** The jobs that export it; undefined when unknown. */
  jobs: string[] | undefined;
  labels: LabelSet | undefined;
  /** All values that a label can have, by the contract. */
  values: Map<string, string[]>;
}

/** Series that Prometheus makes itself (docs: "Automatically generated labels and time series"). */
const BUILT_IN = /^(up|ALERTS|ALERTS_FOR_STATE|scrape_\w+)$/;
/** Exported by the monitoring's own programs about themselves; a contract needn't list them. */
const OWN =
  /^(prometheus|alertmanager|go|process|promhttp|net_conntrack|grafana|python|nodejs|jvm|node_exporter|pg_exporter|redis_exporter|erlang)_/;
/** A limit that isn't set is -1 for the JVM, and room that is reserved counts below zero. */
const NEGATIVE_BYTES = /max|limit|filesystem_(avail|free)/i;

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
  private readonly known = new Map<string, Metric>();
  /** Where nothing of the kind is said: what saved texts have. */
  private readonly exposed: ExposedMetrics;
  /** Whether the contract names all there is: then a name that nobody knows is a mistake. */
  private readonly complete: boolean;
  private readonly jobs: Map<string, string[] | undefined>;
  private readonly elsewhere: Elsewhere;
  private readonly lost: readonly LostLabels[];

  constructor({ contract, jobs, groups, texts, elsewhere, lost }: Sources) {
    this.elsewhere = elsewhere;
    this.lost = lost;
    this.exposed = new ExposedMetrics(texts, jobs, elsewhere.receives);
    this.jobs = labelsByJob(jobs);
    for (const metric of contract?.metrics ?? []) this.addPromised(metric);
    const recording = groups
      .flatMap((group) => group.rules)
      .filter(({ kind, name }) => kind === 'record' && name !== '');
    const recorded = groupBy(recording, ({ name }) => name);
    // A rule may use what another records: two passes see through most chains.
    for (let pass = 0; pass < 2; pass++)
      for (const [name, rules] of recorded) this.addRecorded(name, rules);
    this.complete = contract !== undefined && this.isWhole(contract, groups);
  }

  /**
   * Whether a contract names all metrics: one that says what the jobs are does, and a partial one
   * that names more than the rules ask for beyond it; else it speaks of a few and leaves the rest
   * open.
   */
  private isWhole({ root, metrics }: Contract, groups: Group[]): boolean {
    if (metrics.length === 0) return false;
    const jobs = root.get('jobs').entries();
    if (jobs.some(({ value }) => value.get('component').exists)) return true;
    const asked = new Set(
      groups
        .flatMap((group) => group.rules)
        .flatMap(({ expression }) => (expression.expr ? selectors(expression.expr) : []))
        .flatMap(({ name }) => name ?? [])
        .filter((name) => !BUILT_IN.test(name) && !OWN.test(name)),
    );
    return [...asked].filter((name) => !this.known.has(name)).length < metrics.length;
  }

  has(name: string): boolean {
    return this.known.has(name) || this.exposed.has(name);
  }

  names(): string[] {
    return [...new Set([...this.known.keys(), ...this.exposed.names()])];
  }

  /**
   * Whether nobody exports it, as far as anybody can know. @param matchers what is asked of its
   * series
   */
  isMissing(name: string, matchers: readonly Matcher[] = []): boolean {
    if (this.known.has(name) || BUILT_IN.test(name)) return false;
    if (this.exposed.lacks(name, matchers)) return true;
    return this.complete && !OWN.test(name) && !this.exposed.has(name);
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
    return this.known.has(name) ? undefined : this.exposed.of(name, matchers);
  }

  /** As `labelsOf` asks for them. */
  readonly labels = (name: string, matchers: readonly Matcher[] = []): LabelSet | undefined => {
    if (name === 'up' && this.elsewhere.receives) return undefined;
    if (name === 'up' && this.jobs.size > 0) return this.scraped([...this.jobs.keys()], []);
    const known = this.known.get(name);
    if (known) return known.labels;
    const saved = this.exposed.of(name, matchers);
    if (saved?.areAll === true) return saved.labels;
    return isMade(name) ? undefined : scrapedLabels(name, matchers, this.lost);
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
    return (
      this.type(name) === 'counter' ||
      (name.endsWith('_bytes') && !NEGATIVE_BYTES.test(name)) ||
      /_(total|count|bucket)$/.test(name) ||
      name === 'up'
    );
  }

  private addPromised({ name: family, type, jobs, labels, values }: PromisedMetric): void {
    for (const name of seriesNames(type, family))
      this.add(
        name,
        type === undefined ? typeByName(name) : seriesType(type, name, family),
        jobs,
        labels && [...labels, ...extraLabels(type, name, family)],
        values,
      );
  }

  /** Of several rules that record one name, what holds for a series of any. */
  private addRecorded(name: string, rules: Rule[]): void {
    const sets = rules.map((rule) => this.recordedBy(rule) ?? ANY_LABELS);
    const labels = sets.reduce(either);
    this.known.set(name, {
      type: undefined,
      jobs: undefined,
      labels,
      values: new Map(),
    });
  }

  private recordedBy({ labels: added, expression: { expr } }: Rule): LabelSet | undefined {
    const own = [...added.keys()];
    const inner = expr && labelsOf(expr, this.labels);
    return (
      inner && {
        has: new Set([...inner.has, ...own]),
        may: inner.may && new Set([...inner.may, ...own]),
        lacks: new Set([...inner.lacks].filter((label) => !own.includes(label))),
      }
    );
  }

  private add(
    name: string,
    type: MetricType | undefined,
    jobs: string[],
    labels: string[] | undefined,
    values: Map<string, string[]>,
  ): void {
    this.known.set(name, {
      type,
      jobs: jobs.length > 0 ? jobs : undefined,
      labels: labels && this.scraped(jobs, labels),
      values,
    });
  }

  /** With the labels that its jobs' targets get; undefined when they can't be known. */
  private scraped(jobs: string[], own: string[]): LabelSet | undefined {
    const targets = jobs.map((job) =>
      this.jobs.size === 0 ? ['job', 'instance'] : this.jobs.get(job),
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
function labelsByJob(jobs: ScrapeJob[]): Map<string, string[] | undefined> {
  const known = new Map<string, string[] | undefined>();
  for (const { name, labels } of jobs) {
    const other = known.get(name);
    const differs = known.has(name) && String(other) !== String(labels);
    known.set(name, differs ? undefined : labels);
  }
  return known;
}
