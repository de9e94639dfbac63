import type { Rule } from '../../rule.ts';
import { alwaysTrue } from './always-true.ts';
import { sinceStart } from './average-since-start.ts';
import { boolCondition } from './bool-condition.ts';
import { contradiction } from './contradicting-matchers.ts';
import { counterWithoutRate } from './counter-without-rate.ts';
import { deltaOfCounter } from './delta-of-counter.ts';
import { experimentalFunction } from './experimental.ts';
import { integerBucket } from './integer-bucket.ts';
import { neverTrue } from './never-true.ts';
import { orVector } from './or-vector-under-by.ts';
import { quantileOfWhat } from './quantile-of-no-buckets.ts';
import { quantileOfTotals } from './quantile-of-totals.ts';
import { quantileRange } from './quantile-out-of-range.ts';
import { histogramWithoutLe } from './quantile-without-le.ts';
import { rangeOverRetention } from './range-over-retention.ts';
import { rangeUnderFour } from './range-under-four-scrapes.ts';
import { rangeUnderTwo } from './range-under-two-scrapes.ts';
import { rateOfGauge } from './rate-of-gauge.ts';
import { rateOfSum } from './rate-of-sum.ts';
import { ratioOfItself } from './ratio-of-itself.ts';
import { promqlRegex } from './regex.ts';
import { renamedMetric } from './renamed-metric.ts';
import { sidesNeverMatch } from './sides-never-match.ts';
import { promqlSyntax } from './syntax.ts';
import { promqlType } from './type.ts';
import { unknownLabel } from './unknown-label.ts';
import { unknownMetric } from './unknown-metric.ts';
import { unknownValue } from './unknown-value.ts';
import { unseenValue } from './unseen-value.ts';

/** Rules of PromQL expressions. */
export const PROMQL: Rule[] = [
  promqlSyntax,
  promqlType,
  promqlRegex,
  unknownMetric,
  unknownLabel,
  unknownValue,
  unseenValue,
  contradiction,
  rateOfGauge,
  deltaOfCounter,
  rateOfSum,
  rangeUnderTwo,
  rangeUnderFour,
  counterWithoutRate,
  ratioOfItself,
  sidesNeverMatch,
  histogramWithoutLe,
  quantileOfWhat,
  quantileRange,
  neverTrue,
  alwaysTrue,
  boolCondition,
  integerBucket,
  renamedMetric,
  experimentalFunction,
  orVector,
  quantileOfTotals,
  sinceStart,
  rangeOverRetention,
];
