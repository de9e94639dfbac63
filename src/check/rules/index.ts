import type { Rule } from '../rule.ts';
import { alwaysTrue, neverTrue } from './promql-comparisons.ts';
import { contradiction, unknownLabel, unknownMetric, unknownValue, unseenValue } from './promql-metrics.ts';
import { counterWithoutRate, deltaOfCounter, rangeUnderFour, rangeUnderTwo, rateOfGauge, rateOfSum } from './promql-rates.ts';
import { promqlRegex, promqlSyntax, promqlType } from './promql-syntax.ts';
import { histogramWithoutLe, quantileOfWhat, quantileRange, ratioOfItself, sidesNeverMatch } from './promql-vectors.ts';

/** Every rule there is. */
export const RULES: Rule[] = [
  promqlSyntax, promqlType, promqlRegex,
  unknownMetric, unknownLabel, unknownValue, unseenValue, contradiction,
  rateOfGauge, deltaOfCounter, rateOfSum, rangeUnderTwo, rangeUnderFour, counterWithoutRate,
  ratioOfItself, sidesNeverMatch, histogramWithoutLe, quantileOfWhat, quantileRange,
  neverTrue, alwaysTrue,
];
