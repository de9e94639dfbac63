import { groupBy } from '../lib/group-by.ts';
import { selectors } from '../promql/ast.ts';
import { ANY_LABELS, either } from '../promql/label-set.ts';
import type { LabelSet } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { LabelsOfMetric } from '../promql/labels.ts';
import type { Contract, PromisedMetric } from './contract.ts';
import { extraLabels, seriesNames, seriesType, typeByName } from './families.ts';
import type { MetricType } from './families.ts';
import type { Group, Rule } from './rules.ts';
import type { TargetLabels } from './target-labels.ts';

/** What a contract or a recording rule says of one name of a series (a histogram has three). */
export interface KnownMetric {
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

/** Whether a contract needn't name it: Prometheus makes it, or a program tells it of itself. */
export function isTakenForGranted(name: string): boolean {
  return BUILT_IN.test(name) || OWN.test(name);
}

/** Whether it is there wherever there is a Prometheus. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.test(name);
}

/** The metrics of which a contract or a recording rule says what they are. */
export class KnownMetrics {
  private readonly known = new Map<string, KnownMetric>();
  private readonly targets: TargetLabels;
  /** Whether the contract names all there is: then a name that nobody knows is a mistake. */
  readonly areAll: boolean;

  /** @param labels of what a recording rule reads: what is known here, too */
  constructor(
    contract: Contract | undefined,
    groups: Group[],
    targets: TargetLabels,
    labels: LabelsOfMetric,
  ) {
    this.targets = targets;
    for (const metric of contract?.metrics ?? []) this.addPromised(metric);
    const recording = groups
      .flatMap((group) => group.rules)
      .filter(({ kind, name }) => kind === 'record' && name !== '');
    const recorded = groupBy(recording, ({ name }) => name);
    const asked: LabelsOfMetric = (name, matchers) =>
      (name === 'up' ? undefined : this.known.get(name)?.labels) ?? labels(name, matchers);
    // A rule may use what another records: two passes see through most chains.
    for (let pass = 0; pass < 2; pass++)
      for (const [name, rules] of recorded) this.addRecorded(name, rules, asked);
    this.areAll = contract !== undefined && this.isWhole(contract, groups);
  }

  get(name: string): KnownMetric | undefined {
    return this.known.get(name);
  }

  names(): string[] {
    return [...this.known.keys()];
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
        .filter((name) => !isTakenForGranted(name)),
    );
    return [...asked].filter((name) => !this.known.has(name)).length < metrics.length;
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
  private addRecorded(name: string, rules: Rule[], labelsFor: LabelsOfMetric): void {
    const labels = rules.map((rule) => recordedBy(rule, labelsFor) ?? ANY_LABELS).reduce(either);
    this.known.set(name, {
      type: undefined,
      jobs: undefined,
      labels,
      values: new Map(),
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
      labels: labels && this.targets.of(jobs, labels),
      values,
    });
  }
}

/** The labels of what a rule records. */
function recordedBy(
  { labels: added, expression: { expr } }: Rule,
  labels: LabelsOfMetric,
): LabelSet | undefined {
  const own = [...added.keys()];
  const inner = expr && labelsOf(expr, labels);
  return (
    inner && {
      has: new Set([...inner.has, ...own]),
      may: inner.may && new Set([...inner.may, ...own]),
      lacks: new Set([...inner.lacks].filter((label) => !own.includes(label))),
    }
  );
}
