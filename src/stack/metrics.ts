import type { LabelSet } from '../promql/label-set.ts';
import type { Exposed } from './source/exposition.ts';
import { selectors } from '../promql/ast.ts';
import { labelsOf } from '../promql/labels.ts';
import type { Contract, PromisedMetric } from './contract.ts';
import { asStored, extraLabels, seriesNames, seriesType, typeByName } from './families.ts';
import type { MetricType } from './families.ts';
import type { ScrapeJob } from './prometheus.ts';
import type { Group, Rule } from './rules.ts';

/** What is known of one name of a series (a histogram has three). */
export interface Metric {
  type: MetricType | undefined;
  /** The jobs that export it; undefined when unknown. */
  jobs: string[] | undefined;
  labels: LabelSet | undefined;
  /** All values that a label can have, by the contract. */
  values: Map<string, string[]>;
  /** Values that were there when a /metrics text was saved: others may come. */
  seen: Map<string, Set<string>>;
}

/** Series that Prometheus makes itself (docs: "Automatically generated labels and time series"). */
const BUILT_IN = /^(up|ALERTS|ALERTS_FOR_STATE|scrape_\w+)$/;
/** Exported by the monitoring's own programs about themselves; a contract needn't list them. */
const OWN =
  /^(prometheus|alertmanager|go|process|promhttp|net_conntrack|grafana|python|nodejs|jvm|node_exporter|pg_exporter|redis_exporter|erlang)_/;
/**
 * What is known of the stack's metrics: by contract, by saved /metrics texts, by recording rules.
 */
export class Metrics {
  private readonly known = new Map<string, Metric>();
  /** Whether `known` is all there is: then a name that isn't in it is a mistake. */
  readonly complete: boolean;
  /** Jobs whose /metrics text was given. */
  private readonly saved: Set<string>;
  private readonly jobs: Map<string, string[] | undefined>;

  constructor(
    contract: Contract | undefined,
    jobs: ScrapeJob[],
    groups: Group[],
    exposed: Map<string, Exposed[]>,
  ) {
    this.saved = new Set(exposed.keys());
    this.jobs = labelsByJob(jobs);
    for (const metric of contract?.metrics ?? []) this.addPromised(metric);
    for (const [job, families] of exposed)
      for (const family of families) this.addExposed(job, family);
    // A rule may use what another records: two passes see through most chains.
    for (let pass = 0; pass < 2; pass++)
      for (const rule of groups.flatMap((g) => g.rules))
        if (rule.kind === 'record' && rule.name !== '') this.addRecorded(rule);
    this.complete =
      (contract !== undefined && this.isWhole(contract, groups)) ||
      (jobs.length > 0 && jobs.every(({ name }) => exposed.has(name)));
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

  get(name: string): Metric | undefined {
    return this.known.get(name);
  }

  names(): string[] {
    return [...this.known.keys()];
  }

  /**
   * Whether nobody exports it, as far as anybody can know. @param job the one job that is asked
   * for, if it is one
   */
  isMissing(name: string, job?: string): boolean {
    const complete = this.complete || (job !== undefined && this.saved.has(job));
    return complete && !this.known.has(name) && !BUILT_IN.test(name) && !OWN.test(name);
  }

  labels(name: string): LabelSet | undefined {
    if (name === 'up' && this.jobs.size > 0) return this.scraped([...this.jobs.keys()], []);
    return this.known.get(name)?.labels;
  }

  /**
   * Only when it is certain: by contract, by a saved `# TYPE`, or by a name that everybody knows.
   */
  type(name: string): MetricType | undefined {
    const metric = this.known.get(name);
    if (metric) return metric.type;
    return typeByName(name);
  }

  neverNegative(name: string): boolean {
    return (
      this.type(name) === 'counter' ||
      name.endsWith('_bytes') ||
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

  /** What a job's saved /metrics text has of a family; what the contract promises wins. */
  private addExposed(job: string, family: Exposed): void {
    const ofTarget = this.jobs.get(job);
    for (const [name, series] of family.series) {
      if (this.known.has(name)) continue;
      this.add(name, seriesType(family.type, name, family.name), [job], undefined, new Map());
      const made = this.known.get(name);
      if (!made) continue;
      for (const [label, values] of series) made.seen.set(label, asStored(label, values));
      if (ofTarget)
        made.labels = {
          has: new Set(['job', 'instance']),
          may: new Set([...ofTarget, ...series.keys()]),
          lacks: new Set(),
        };
    }
  }

  private addRecorded({ name, labels: added, expression: { expr } }: Rule): void {
    const own = [...added.keys()];
    const inner = expr && labelsOf(expr, (other) => this.labels(other));
    const labels = inner && {
      has: new Set([...inner.has, ...own]),
      may: inner.may && new Set([...inner.may, ...own]),
      lacks: new Set([...inner.lacks].filter((label) => !own.includes(label))),
    };
    this.known.set(name, {
      type: undefined,
      jobs: undefined,
      labels,
      values: new Map(),
      seen: new Map(),
    });
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
      seen: new Map(),
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
