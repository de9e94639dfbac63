/**
 * What a function takes, for the rules; the functions of Prometheus 3 (promql/parser/functions.go).
 */
export type ArgType = 'vector' | 'matrix' | 'scalar' | 'string';

const table = (args: ArgType[], ...names: string[]): [string, ArgType[]][] =>
  names.map((name) => [name, args]);

/** Required arguments by function; optional ones aren't listed. */
export const FUNCTIONS: ReadonlyMap<string, ArgType[]> = new Map([
  ...table(
    ['matrix'],
    'rate',
    'irate',
    'increase',
    'delta',
    'idelta',
    'deriv',
    'changes',
    'resets',
    'absent_over_time',
    'avg_over_time',
    'min_over_time',
    'max_over_time',
    'sum_over_time',
    'count_over_time',
    'last_over_time',
    'first_over_time',
    'present_over_time',
    'stddev_over_time',
    'stdvar_over_time',
    'mad_over_time',
  ),
  ...table(['matrix', 'scalar'], 'predict_linear'),
  ...table(['scalar', 'matrix'], 'quantile_over_time'),
  ...table(['scalar', 'vector'], 'histogram_quantile'),
  ...table(
    ['vector'],
    'abs',
    'absent',
    'ceil',
    'floor',
    'exp',
    'ln',
    'log2',
    'log10',
    'sqrt',
    'sgn',
    'sort',
    'sort_desc',
    'scalar',
    'timestamp',
    'round',
    'clamp',
    'clamp_min',
    'clamp_max',
    'histogram_count',
    'histogram_sum',
    'histogram_avg',
    'label_replace',
    'label_join',
  ),
  ...table(['scalar'], 'vector'),
]);

/** Meant for counters: what they say of a gauge is wrong at each of its falls. */
export const COUNTER_FUNCTIONS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase']);
/** Meant for gauges: what they say of a counter is wrong at each of its resets. */
export const GAUGE_FUNCTIONS: ReadonlySet<string> = new Set([
  'delta',
  'idelta',
  'deriv',
  'predict_linear',
]);
/** Need two samples in their range. */
export const TWO_SAMPLES: ReadonlySet<string> = new Set([...COUNTER_FUNCTIONS, ...GAUGE_FUNCTIONS]);
/** Their result has nothing to do with a counter's value. */
export const VALUE_FREE: ReadonlySet<string> = new Set([
  'absent',
  'absent_over_time',
  'timestamp',
  'present_over_time',
  'count_over_time',
  'changes',
  'resets',
  ...COUNTER_FUNCTIONS,
]);
/** Read a moment in time: each of their series' values, or, without an argument, now. */
export const OF_MOMENTS: ReadonlySet<string> = new Set([
  'hour',
  'minute',
  'month',
  'year',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'days_in_month',
]);
/** Their result has no labels at all. */
export const WITHOUT_LABELS: ReadonlySet<string> = new Set(['vector', 'scalar', 'time', 'pi']);
/** Aggregations that pass series through instead of making new ones. */
export const SELECTING: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
