import { nearest } from '../lib/nearest.ts';
import type { GroundTruthSource } from '../technologies/ground-truth.ts';
import { GROUND_TRUTH } from '../technologies/registry.ts';
import { TruthSyntaxError, parseTruth, seriesIn } from './parse.ts';
import type { TruthExpression } from './parse.ts';

/**
 * How an expression is compared: at each moment, or with the mean or the median of a slot of k6's
 * account.
 */
export type Comparison = 'moment' | 'mean' | 'median';

/** An expression whose series are all known. */
export interface Truth {
  expression: TruthExpression;
  comparison: Comparison;
}

const COMPARISONS: Record<GroundTruthSource['kind'], Comparison> = {
  level: 'moment',
  growth: 'moment',
  'stepped-rate': 'moment',
  events: 'moment',
  up: 'moment',
  requests: 'mean',
  'response-time': 'median',
};

/**
 * Reads an expression and looks its series up.
 * @throws TruthSyntaxError when it can't be parsed, names a series that nobody knows, or none at
 * all, or mixes what is known at each moment with what is known by slots of k6's account
 */
export function readTruth(text: string): Truth {
  const expression = parseTruth(text);
  const series = seriesIn(expression);
  const comparisons = series.map(({ name, offset }) => {
    const truth = GROUND_TRUTH.get(name);
    if (truth) return COMPARISONS[truth.from.kind];
    const close = nearest(name, [...GROUND_TRUTH.keys()]);
    const meant = close === undefined ? '' : `; did you mean \`${close}\`?`;
    throw new TruthSyntaxError(`nobody knows \`${name}\`${meant}`, offset);
  });
  const [comparison] = comparisons;
  if (comparison === undefined) throw new TruthSyntaxError('it names no series', 0);
  const other = comparisons.findIndex((one) => one !== comparison);
  if (other >= 0)
    throw new TruthSyntaxError(
      `\`${series[other]?.name ?? ''}\` is known in another way than ` +
        `\`${series[0]?.name ?? ''}\`: they can't be joined`,
      series[other]?.offset ?? 0,
    );
  return { expression, comparison };
}
