import type { Rule } from '../../rule.ts';
import { breakingTemplate } from './breaking-template.ts';
import { experimentalFunction } from './experimental.ts';
import { integerBucket } from './integer-bucket.ts';
import { noComparison } from './no-comparison.ts';
import { orVector } from './or-vector.ts';
import { quantileOfTotals } from './quantile-of-totals.ts';
import { rangeOverRetention } from './range-over-retention.ts';
import { renamedMetric } from './renamed-metric.ts';
import { sinceStart } from './since-start.ts';
import { valueInLabel } from './value-in-label.ts';

/** What makes of a rule something else than was meant. */
export const EXPRESSIONS: Rule[] = [
  noComparison,
  valueInLabel,
  integerBucket,
  renamedMetric,
  experimentalFunction,
  orVector,
  quantileOfTotals,
  sinceStart,
  rangeOverRetention,
  breakingTemplate,
];
