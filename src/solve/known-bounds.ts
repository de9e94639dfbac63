import type { Expr } from '../promql/ast.ts';
import { boundsOf } from '../promql/bounds.ts';
import type { Bounds } from '../promql/bounds.ts';
import { neverNegativeBut } from './never-negative.ts';
import { countsOfSamples } from './sample-counts.ts';
import type { Sampled } from './sample-counts.ts';

const DEEPEST = 20;

/**
 * Between what the values of a part lie beyond what its own text says: counts of samples, and what
 * is recorded, which lies where the expressions do that it is recorded from.
 * @param through recording rules that it is looked at through
 * @returns undefined where nothing more is known
 */
export function knownBounds(
  part: Expr,
  sampled: Sampled,
  through: readonly string[] = [],
): Bounds | undefined {
  if (part.type !== 'selector' || part.name === undefined) return countsOfSamples(part, sampled);
  const { name } = part;
  const rules = sampled.recorded.get(name);
  if (!rules || through.includes(name) || through.length > DEEPEST) return undefined;
  const inside = [...through, name];
  const neverNegative = neverNegativeBut(sampled.recorded);
  const all = rules.map(({ expr }) =>
    expr ? boundsOf(expr, neverNegative, (e) => knownBounds(e, sampled, inside)) : undefined,
  );
  return all.reduce(
    (a, b) => a && b && { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) },
  );
}
