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
  'what asks the calendar': [
    'x > 5 and on () hour() >= 8 < 18',
    'x > 5 and on () (day_of_week() > 0 < 6) and on () (hour() > 7 < 19)',
    'x > 5 and on () minute() >= 10 <= 40',
    'x > 5 and on () day_of_month() == 1',
    'x > 5 unless on () (hour() < 6 or hour() > 22)',
    'x > 5 and on () day_of_week() != 0 and on () day_of_week() != 6',
    'sum(rate(x_total[5m])) < 1 and on () hour() > 8 and on () hour() < 20',
    'x > 5 and on () days_in_month() - day_of_month() < 3',
    'day_of_week() == 1 and hour() == 9',
    'hour() > 22',
  ],
  'what counts samples': [
    'count_over_time(x[5m]) < 10',
    'count_over_time(x[5m]) > 15',
    'count_over_time(x[5m]) <= 3',
    'count_over_time(x[1h]) < 200',
    'count_over_time(x[5m]) / 20 < 0.8',
    'count_over_time(x[5m]) < 10 and on () up == 1',
    'sum by (job) (count_over_time(x[5m])) < 40',
    'count_over_time((up == 0)[10m:1m]) > 3',
    'count(present_over_time(x[10m])) < 3',
    'absent_over_time(x{a="b"}[10m])',
    'present_over_time(x[10m]) == 1',
  ],
};

/** Kinds of what holds for less than five minutes, however it is made. */
export const SHORT_KINDS: Readonly<Record<string, readonly string[]>> = {
  'what asks when a series was sampled': [
    'time() - timestamp(x) > 120',
    'time() - max by (job) (timestamp(x)) > 180',
    'time() - timestamp(up{job="a"}) > 200',
    'time() - timestamp(x offset 10m) > 700',
    'timestamp(x) < time() - 60',
    '(time() - timestamp(x{job="a"})) / 60 > 3',
    'time() - timestamp(x) > 30 and on () up == 1',
    'absent(x) or time() - timestamp(x) > 60',
  ],
};
