import type { RecipeSeries } from '../../model/recipe.ts';
import { passes } from '../../promql/matchers.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Place } from '../../stack/source/value.ts';
import { valueKey } from './apart.ts';
import { asScraped, metricRules, needWords } from './as-scraped.ts';
import { keyIn } from './circles.ts';
import type { CircleOf } from './circles.ts';
import { keptLabels } from './kept-labels.ts';
import type { OwnLabel } from './own-label.ts';
import { matchersOn } from './reads.ts';
import type { Reading } from './reads.ts';
import { notStored, storedValue } from './stored-bounds.ts';
import type { JobTarget, JobTargets } from './target.ts';

/** A series as Prometheus has it. */
export interface StoredSeries {
  metric: string;
  labels: Labels;
  /** How often; undefined where nobody can tell. */
  everyMs?: number | undefined;
}

/** A recipe's series on a target of the stack. */
export interface PlacedSeries {
  series: RecipeSeries;
  job: JobTargets;
  target: JobTarget;
  /** What the target exports. */
  exported: Labels;
  /** What Prometheus makes of it. */
  final: Labels;
  /** What comes of it where others scrape the same address. */
  also?: StoredSeries[];
}

/**
 * A recipe in the stack's own jobs; `renamed` has the values that became others, by {@link
 * keyIn}.
 */
export interface Placement {
  placed: PlacedSeries[];
  circleOf: CircleOf;
  renamed: Map<string, string>;
  /** What stands for values that are told by a label of the series' own; by the same key. */
  beside: Map<string, Labels>;
}

/** Why no job can have a series, and where that is written. */
export interface Unplaced {
  reason: string;
  /** The rule of `metric_relabel_configs` that drops it, or takes what it is selected by. */
  dropped?: { job: JobTargets; rule: number };
  /** The label that a job's targets have otherwise. */
  lacks?: Lack;
  /** Where else that is written. */
  place?: Place;
  /** Prometheus stores a number of its labels in another form, whichever job has it. */
  isStored?: true;
  /** Another world than the one that was found might have it. */
  isUnsure?: true;
}

/** A label that a job's targets have otherwise, or (`given` empty) not at all. */
export interface Lack {
  label: string;
  given: string;
  job: string;
  /** The series that lacks it, where matchers allow what is given: another has that already. */
  by?: RecipeSeries | undefined;
}

/** What decides about the labels of series, and what stands in their way. */
interface Setting {
  readings: Reading[];
  /** Label values that may become others, by {@link valueKey}. */
  free: Set<string>;
  /** Appended to free values, so that alerts don't meet. */
  suffix: string;
  /** Why series found no place until now; added to. */
  unplaced: Unplaced[];
  /** Set where series may be told apart by labels of their own. */
  ownLabel?: OwnLabel | undefined;
  /** Set where series of one `job` may be of several. */
  anyJob?: boolean;
}

/**
 * Puts series on one target, behind those that are placed already.
 * @returns undefined where one of them can't have its labels there
 */
export function onTarget(
  group: readonly RecipeSeries[],
  job: JobTargets,
  target: JobTarget,
  sofar: Placement,
  state: Setting,
): Placement | undefined {
  let current: Placement | undefined = sofar;
  for (const series of group) current = current && addSeries(series, job, target, current, state);
  return current;
}

function addSeries(
  series: RecipeSeries,
  job: JobTargets,
  target: JobTarget,
  { placed, renamed, beside, circleOf }: Placement,
  state: Setting,
): Placement | undefined {
  const honors = job.config['honor_labels'] === true;
  const names = new Map(renamed);
  const apart = new Map(beside);
  const kept = keptLabels(metricRules(job, series.metric), {
    ...target.labels,
    __name__: series.metric,
  });
  const exported: Labels = {};
  const told: Labels = {};
  const refuse = (reason: string, lacks?: Unplaced['lacks']): undefined =>
    void state.unplaced.push({ reason, ...(lacks && { lacks }) });
  for (const [label, value] of Object.entries(series.labels)) {
    const circle = circleOf(series, label);
    const [key, prefix] = [keyIn(label, value, circle), keyIn(label, '', circle)];
    const matchers = matchersOn(state.readings, series.metric, label);
    const isJob = label === 'job' && state.anyJob === true;
    // Whoever took the series, and nobody else, has to take it still.
    const isSelected = (to: string): boolean =>
      matchers.every((matcher) => passes(matcher, to) === passes(matcher, value));
    const fits = (to: string): boolean =>
      (isJob || isConsistent(names, { key, prefix }, to)) && isSelected(to);
    const given = target.labels[label];
    if (given !== undefined && !beside.has(key) && fits(given)) {
      names.set(key, given);
      continue;
    }
    const isFree = state.free.has(valueKey(label, value));
    const own = names.get(key) ?? (isFree ? `${value}${state.suffix}` : value);
    const becomes = job.floats ? storedValue(series.metric, label, own) : own;
    if (job.floats && becomes !== own && !isSelected(becomes))
      return void state.unplaced.push(notStored(series, label, job.floats, state.readings));
    if (given !== undefined && !honors) {
      const by = isSelected(given) ? series : undefined;
      const taken = { ...target.labels, ...told };
      const apartBy = by && !names.has(key) && state.ownLabel?.(series, label, taken, kept);
      const lacks = { label, given, job: job.name, by };
      if (!apartBy) return refuse(needWords(series, `${label}="${value}"`), lacks);
      const instead = apartBy in series.labels ? {} : { [apartBy]: becomes };
      apart.set(key, { [label]: given, ...instead });
      Object.assign(told, instead);
      continue;
    }
    if (!fits(becomes)) return undefined;
    names.set(key, becomes);
    exported[label] = becomes;
  }
  const labels = { ...exported, ...told };
  const scraped = asScraped({ series, job, target, exported: labels }, state.readings);
  if ('reason' in scraped) return void state.unplaced.push(scraped);
  const own = { series, job, target, ...scraped };
  return { placed: [...placed, own], renamed: names, beside: apart, circleOf };
}

/**
 * Whether a value becomes the same everywhere in its circle, and no other value becomes it too.
 * @param prefix of the keys of all values that its label has there
 */
function isConsistent(
  names: Map<string, string>,
  { key, prefix }: { key: string; prefix: string },
  to: string,
): boolean {
  const known = names.get(key);
  if (known !== undefined) return known === to;
  return ![...names].some(([other, name]) => name === to && other.startsWith(prefix));
}
