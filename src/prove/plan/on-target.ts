import type { RecipeSeries } from '../../model/recipe.ts';
import { passes } from '../../promql/matchers.ts';
import type { Labels } from '../../promql/relabel.ts';
import type { Place } from '../../stack/source/value.ts';
import { valueKey } from './apart.ts';
import { asScraped, needWords } from './as-scraped.ts';
import { matchersOn } from './reads.ts';
import type { Reading } from './reads.ts';
import type { JobTarget, JobTargets } from './target.ts';

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
  /** The rule of `metric_relabel_configs` that drops it, or takes what it is selected by. */
  dropped?: { job: JobTargets; rule: number };
  /** The label that a job's targets have otherwise, or (empty) not at all. */
  lacks?: { label: string; given: string; job: string };
  /** Where else that is written. */
  place?: Place;
  /** Another world than the one that was found might have it. */
  isUnsure?: true;
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
  { placed, renamed }: Placement,
  state: Setting,
): Placement | undefined {
  const honors = job.config['honor_labels'] === true;
  const names = new Map(renamed);
  const exported: Labels = {};
  const refuse = (reason: string, lacks?: Unplaced['lacks']): undefined =>
    void state.unplaced.push({ reason, ...(lacks && { lacks }) });
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
      return refuse(needWords(series, `${label}="${value}"`), { label, given, job: job.name });
    const key = valueKey(label, value);
    const becomes = names.get(key) ?? (state.free.has(key) ? `${value}${state.suffix}` : value);
    if (!fits(becomes)) return undefined;
    names.set(key, becomes);
    exported[label] = becomes;
  }
  const scraped = asScraped({ series, job, target, exported }, state.readings);
  if ('reason' in scraped) return void state.unplaced.push(scraped);
  return { placed: [...placed, { series, job, target, ...scraped }], renamed: names };
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
