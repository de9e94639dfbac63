import type { Sample, Scrape } from '../../model/exposition.ts';
import type { Shape } from '../../model/recipe.ts';

/** What jobs export, by their names: texts that were saved from real targets. */
export type SavedMetrics = ReadonlyMap<string, Pick<Scrape, 'types' | 'samples'>>;

/** A series of a target that is alive: it stands where it stood, and what counts goes on. */
export interface LivingSeries {
  metric: string;
  labels: Record<string, string>;
  shape: Shape;
}

/** In what time a counter gains again what it had, seconds: slow enough to be an ordinary day. */
const DOUBLES_IN_SECONDS = 3_600;
/** What a histogram without any observation gains, a second. */
const FIRST_OBSERVATIONS = 1;
const PART = /_(bucket|count|sum)$/;

/**
 * The series of a saved /metrics text, alive. Buckets of one histogram grow in proportion, so that
 * they stay cumulative; one that was empty observes something, or its quantiles have no value.
 */
export function livingSeries({
  types,
  samples,
}: Pick<Scrape, 'types' | 'samples'>): LivingSeries[] {
  const observed = new Set(
    samples
      .filter(({ name, value }) => name.endsWith('_count') && value > 0)
      .map(({ name }) => name.replace(PART, '')),
  );
  return samples.map((sample) => ({
    metric: sample.name,
    labels: sample.labels,
    shape: shapeOf(sample, types, observed),
  }));
}

function shapeOf(
  { name, value }: Sample,
  types: Record<string, string>,
  observed: ReadonlySet<string>,
): Shape {
  const family = name.replace(PART, '');
  const isPart = family !== name && /^(histogram|summary)$/.test(types[family] ?? '');
  if (isPart && !observed.has(family))
    return { kind: 'line', from: value, perSecond: FIRST_OBSERVATIONS };
  const counts = isPart || isCounter(name, types);
  return counts && Number.isFinite(value)
    ? { kind: 'line', from: value, perSecond: value / DOUBLES_IN_SECONDS }
    : { kind: 'value', value };
}

/** By its type, which OpenMetrics gives to the name without `_total`; else by that ending. */
function isCounter(name: string, types: Record<string, string>): boolean {
  const type = types[name] ?? types[name.replace(/_total$/, '')];
  return type === undefined || type === 'untyped' || type === 'unknown'
    ? name.endsWith('_total')
    : type === 'counter';
}
