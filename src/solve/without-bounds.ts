import { eachExpr } from '../promql/ast.ts';
import type { Call, Selector } from '../promql/ast.ts';
import { surelyLacks } from '../promql/label-set.ts';
import { labelsOf } from '../promql/labels.ts';
import type { LabelsOfMetric } from '../promql/labels.ts';
import { typeOf } from '../promql/type-of.ts';

/** They read a classic histogram by its buckets' upper bounds, `le`. */
const BY_BOUNDS = new Set(['histogram_quantile', 'histogram_fraction']);
const BUCKETS = /[_:]bucket$/;

/**
 * Why a call that reads a classic histogram's buckets gives nothing: their bounds were aggregated
 * away before. Native histograms have no such label; no series of theirs is named as a bucket.
 */
export function withoutBounds(call: Call, known: LabelsOfMetric): string | undefined {
  const vector = call.args.find((arg) => typeOf(arg) === 'vector');
  if (!BY_BOUNDS.has(call.name) || !vector || !surelyLacks(labelsOf(vector, known), 'le'))
    return undefined;
  const selectors: Selector[] = [];
  eachExpr(vector, (part) => {
    if (part.type === 'selector') selectors.push(part);
  });
  if (
    selectors.length === 0 ||
    !selectors.every(({ name }) => name !== undefined && BUCKETS.test(name))
  )
    return undefined;
  return `its buckets have no \`le\` any more, by which \`${call.name}\` reads them: it gives nothing`;
}
