import { isReport } from '../../promql/reports.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import type { Place } from '../../stack/source/value.ts';
import { passes } from '../../promql/matchers.ts';
import { valueKey } from './apart.ts';
import type { JobTarget, JobTargets } from './discover.ts';
import { matchersOn } from './reads.ts';
import type { Reading } from './reads.ts';
import { relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';

/** A recipe's series on a target of the stack. */
export interface PlacedSeries {
  series: RecipeSeries;
  job: JobTargets;
  target: JobTarget;
  /** What the target exports. */
  exported: Labels;
  /** What Prometheus makes of it. */
  final: Labels;
}

/**
 * A recipe in the stack's own jobs; `renamed` has the values that became others, by {@link
 * valueKey}.
 */
export interface Placement {
  placed: PlacedSeries[];
  renamed: Map<string, string>;
}

/** Why no job can have a series, and where that is written. */
export interface Unplaced {
  reason: string;
  /** The rule of `metric_relabel_configs` that drops it. */
  dropped?: { job: JobTargets; rule: number };
  /** Where else that is written. */
  place?: Place;
}

/** Steps of the search after which it gives up. */
const MOST_STEPS = 5_000;

interface Search {
  readings: Reading[];
  jobs: JobTargets[];
  free: Set<string>;
  /** Appended to free values, so that alerts don't meet. */
  suffix: string;
  /** How many series each target has already. */
  used: Map<JobTarget, number>;
  unplaced: Unplaced[];
  steps: number;
}

/**
 * Finds a target for every series of a recipe: one whose labels the alert's matchers let pass, and
 * the same for the series that share `job` and `instance`.
 */
export function placeRecipe(
  series: RecipeSeries[],
  search: Omit<Search, 'unplaced' | 'steps'>,
): Placement | Unplaced {
  const groups = new Map<string, RecipeSeries[]>();
  for (const one of series) {
    const key = valueKey(one.labels['job'] ?? '', one.labels['instance'] ?? '');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const state: Search = { ...search, unplaced: [], steps: 0 };
  const found = assign([...groups.values()], { placed: [], renamed: new Map() }, state);
  if (found) return found;
  return (
    state.unplaced.find(({ dropped }) => dropped) ??
    state.unplaced[0] ?? { reason: 'the stack has no scrape job with a target' }
  );
}

function assign(groups: RecipeSeries[][], sofar: Placement, state: Search): Placement | undefined {
  const [group, ...rest] = groups;
  if (!group) return sofar;
  for (const { job, target } of candidates(group, state)) {
    if (state.steps++ > MOST_STEPS) return undefined;
    const next = onTarget(group, job, target, sofar, state);
    const done = next && assign(rest, next, state);
    if (done) return done;
  }
  return undefined;
}

/**
 * Targets, the likeliest first: a job that is called like the metric, then the one with least to
 * do.
 */
function candidates(
  group: RecipeSeries[],
  { jobs, used }: Search,
): { job: JobTargets; target: JobTarget }[] {
  return jobs
    .flatMap((job) =>
      job.targets.map((target) => ({ job, target, score: likeness(job.name, group) })),
    )
    .sort((a, b) => b.score - a.score || (used.get(a.target) ?? 0) - (used.get(b.target) ?? 0));
}

function likeness(job: string, group: RecipeSeries[]): number {
  const words = job
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const score = (one: RecipeSeries): number => {
    if (one.labels['job'] === job) return 3;
    const start = one.metric.toLowerCase().split(/[_:]/)[0] ?? '';
    if (words.includes(start)) return 2;
    return words.some((word) => one.metric.toLowerCase().includes(word)) ? 1 : 0;
  };
  return Math.max(...group.map(score));
}

function onTarget(
  group: RecipeSeries[],
  job: JobTargets,
  target: JobTarget,
  sofar: Placement,
  state: Search,
): Placement | undefined {
  let current: Placement | undefined = sofar;
  for (const series of group) current = current && addSeries(series, job, target, current, state);
  return current;
}

function addSeries(
  series: RecipeSeries,
  job: JobTargets,
  target: JobTarget,
  { placed, renamed }: Placement,
  state: Search,
): Placement | undefined {
  const honors = job.config['honor_labels'] === true;
  const names = new Map(renamed);
  const exported: Labels = {};
  const refuse = (reason: string): undefined => void state.unplaced.push({ reason });
  for (const [label, value] of Object.entries(series.labels)) {
    const matchers = matchersOn(state.readings, series.metric, label);
    const fits = (to: string): boolean =>
      isConsistent(names, label, value, to) &&
      // Whoever took the series, and nobody else, has to take it still.
      matchers.every((matcher) => passes(matcher, to) === passes(matcher, value));
    const given = target.labels[label];
    if (given !== undefined && fits(given)) {
      names.set(valueKey(label, value), given);
      continue;
    }
    if (given !== undefined && !honors)
      return refuse(
        `it needs ${series.metric} with ${label}="${value}", and the targets of job ${job.name} ` +
          `have ${label}="${given}"`,
      );
    const key = valueKey(label, value);
    const becomes = names.get(key) ?? (state.free.has(key) ? `${value}${state.suffix}` : value);
    if (!fits(becomes)) return undefined;
    names.set(key, becomes);
    exported[label] = becomes;
  }
  const metricRules = (job.config['metric_relabel_configs'] ?? []) as RelabelRule[];
  const result = relabel(
    { ...target.labels, ...exported, __name__: series.metric },
    Array.isArray(metricRules) && !isReport(series.metric) ? metricRules : [],
  );
  if ('droppedBy' in result) {
    state.unplaced.push({
      reason: `metric_relabel_configs of job ${job.name} drop ${series.metric}`,
      dropped: { job, rule: result.droppedBy },
    });
    return undefined;
  }
  if (result.labels['__name__'] !== series.metric)
    return refuse(`metric_relabel_configs of job ${job.name} give ${series.metric} another name`);
  const { __name__, ...final } = result.labels;
  void __name__;
  return { placed: [...placed, { series, job, target, exported, final }], renamed: names };
}

/** Whether a value becomes the same everywhere, and no other value becomes it too. */
function isConsistent(
  names: Map<string, string>,
  label: string,
  value: string,
  to: string,
): boolean {
  const key = valueKey(label, value);
  const known = names.get(key);
  if (known !== undefined) return known === to;
  const prefix = valueKey(label, '');
  return ![...names].some(([other, name]) => name === to && other.startsWith(prefix));
}

/**
 * Whether Prometheus, not the target, writes a series: where labels are honoured the target's own
 * word stands.
 */
export function isReported({
  series,
  exported,
}: Pick<PlacedSeries, 'series' | 'exported'>): boolean {
  return isReport(series.metric) && exported['job'] === undefined;
}
