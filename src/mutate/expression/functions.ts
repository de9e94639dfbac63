import { replaced, textOf } from './edit.ts';
import type { ExprOperator } from './edit.ts';

/** Functions that are taken for each other. */
const FUNCTIONS: Record<string, string[]> = {
  rate: ['irate', 'increase'],
  irate: ['rate', 'delta'],
  increase: ['rate', 'delta'],
  delta: ['increase', 'deriv'],
  idelta: ['delta'],
  deriv: ['delta', 'rate'],
  avg_over_time: ['max_over_time', 'min_over_time'],
  max_over_time: ['min_over_time', 'avg_over_time'],
  min_over_time: ['max_over_time', 'avg_over_time'],
  sum_over_time: ['avg_over_time', 'count_over_time'],
  count_over_time: ['sum_over_time'],
  last_over_time: ['max_over_time'],
  changes: ['resets'],
  resets: ['changes'],
  ceil: ['floor'],
  floor: ['ceil'],
  clamp_min: ['clamp_max'],
  clamp_max: ['clamp_min'],
};
const AGGREGATIONS: Record<string, string[]> = {
  sum: ['avg', 'max', 'count'],
  avg: ['sum', 'min'],
  max: ['min', 'sum'],
  min: ['max', 'avg'],
  count: ['sum'],
  stddev: ['avg'],
  stdvar: ['avg'],
  group: ['sum'],
  topk: ['bottomk'],
  bottomk: ['topk'],
};

function words(id: string, node: string, table: Record<string, string[]>): ExprOperator {
  return {
    id,
    edits: (at, expr) =>
      at.name === node
        ? (table[textOf(at, expr).toLowerCase()] ?? []).map((word) => replaced(at, word))
        : [],
  };
}

export const functionSwapped = words('function-swapped', 'FunctionIdentifier', FUNCTIONS);
export const aggregationSwapped = words('aggregation-swapped', 'AggregateOp', AGGREGATIONS);
