import type { Shape } from '../model/recipe.ts';
import type { Leaf } from './leaves.ts';
import type { World } from './world.ts';

type Labels = Record<string, string> | undefined;

const BUCKET = /_bucket$/;
const COUNT = /_count$/;

/**
 * For each leaf those that count the same observations and more: wider buckets of its histogram,
 * and its count, which is as much as the widest.
 * @returns numbers of leaves
 */
export function widerThan(leaves: readonly Leaf[], labels: readonly Labels[]): number[][] {
  const bounds = leaves.map((leaf, i) => boundOf(leaf, labels[i]));
  return leaves.map((leaf, i) => {
    const own = bounds[i];
    if (own === undefined) return [];
    return leaves.flatMap((other, j) => {
      const bound = bounds[j];
      const isWider =
        j !== i &&
        bound !== undefined &&
        (other.metric === leaf.metric ? bound > own : bound >= own) &&
        histogramOf(other) === histogramOf(leaf) &&
        agree(labels[i], labels[j]);
      return isWider ? [j] : [];
    });
  });
}

/** Up to where a leaf counts observations; undefined for what isn't known to count any. */
function boundOf({ metric }: Leaf, labels: Labels): number | undefined {
  if (COUNT.test(metric)) return Infinity;
  const le = labels?.['le'];
  if (!BUCKET.test(metric) || le === undefined) return undefined;
  const bound = le === '+Inf' ? Infinity : Number(le);
  return Number.isNaN(bound) ? undefined : bound;
}

function histogramOf({ metric }: Leaf): string {
  return metric.replace(BUCKET, '').replace(COUNT, '');
}

/** Whether what both have is the same, but for the bucket. */
function agree(a: Labels = {}, b: Labels = {}): boolean {
  return Object.entries(a).every(
    ([label, value]) => label === 'le' || (b[label] ?? value) === value,
  );
}

/**
 * The series of each leaf, none of which counts more than the one of the same number of those that
 * are wider.
 * @param wider numbers of leaves, by {@link widerThan}
 */
export function cumulated(
  free: readonly World['series'][],
  wider: readonly number[][],
): World['series'][] {
  return free.map((own, i) => {
    const all = (wider[i] ?? []).map((j) => free[j] ?? []);
    if (all.length === 0) return own;
    return own.map(({ labels, shapes }, k) => ({
      labels,
      shapes: shapes.map((shape, phase) =>
        all.reduce((least, series) => within(least, series[k]?.shapes[phase]), shape),
      ),
    }));
  });
}

/** A shape that nowhere counts more than a wider one does. */
function within(shape: Shape, wider: Shape | undefined): Shape {
  if (wider === undefined || wider.kind === 'absent') return { kind: 'absent' };
  const [own, other] = [lineOf(shape), lineOf(wider)];
  if (!own || !other) return shape;
  const from = Math.min(own.from, other.from);
  return shape.kind === 'value'
    ? { kind: 'value', value: from }
    : { kind: 'line', from, perSecond: Math.min(own.perSecond, other.perSecond) };
}

function lineOf(shape: Shape): { from: number; perSecond: number } | undefined {
  if (shape.kind === 'value') return { from: shape.value, perSecond: 0 };
  return shape.kind === 'line' ? shape : undefined;
}
