/** How a series is looked at, which decides by what it can be made to matter. */
export type Use =
  | 'value'
  | 'growth'
  | 'line'
  | 'changes'
  | 'samples'
  | 'presence'
  | 'moment'
  | 'buckets'
  | 'native'
  | 'standing';

/** Of what a function asks, where that isn't its series' values. */
export const USES: Readonly<Record<string, Use>> = {
  rate: 'growth',
  irate: 'growth',
  increase: 'growth',
  delta: 'line',
  idelta: 'line',
  deriv: 'line',
  predict_linear: 'line',
  stddev_over_time: 'line',
  stdvar_over_time: 'line',
  mad_over_time: 'line',
  changes: 'changes',
  resets: 'changes',
  count_over_time: 'samples',
  present_over_time: 'presence',
};
/** What is told from there being samples, whatever their values are. */
export const COUNTING: ReadonlySet<Use> = new Set(['samples', 'presence']);
