/** Expressions of kinds in which the moments of scrapes and evaluations matter. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  'what counts changes': [
    'changes(x[15m]) > 3',
    'changes(x[1h]) >= 5',
    'changes(x[30m]) > 0',
    'changes(x[10m]) == 0',
    'changes(x[10m]) < 1',
    'changes(up[10m]) > 4',
    'resets(x_total[30m]) > 0',
    'resets(x_total[1h]) > 5',
    'sum by (job) (changes(x[10m])) > 6',
    'changes(x[15m]) >= 4 and on () up == 1',
  ],
};
