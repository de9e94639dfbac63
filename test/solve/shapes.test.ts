import { describe, expect, it } from 'vitest';
import { solved } from './support.ts';

/** Kinds of expressions that alerts are written in; each is solved without a word from anyone. */
const SHAPES: Record<string, string[]> = {
  gauges: [
    'up == 0',
    'up{job="api"} != 1',
    'queue_length > 100',
    'temperature_celsius < -5',
    'free_bytes / total_bytes * 100 < 10',
    '100 - (idle_ratio * 100) > 80',
    'replicas_wanted != replicas_ready',
    '(used / (quota > 0)) > 0.9 < 1',
    'load / 2 >= 1.5 and on (instance) up == 1',
    'abs(clock_offset_seconds) > 0.05',
    'clamp_max(saturation, 1) > 0.9',
  ],
  growth: [
    'rate(errors_total[5m]) > 0',
    'increase(restarts_total[1h]) > 3',
    'irate(packets_dropped_total[2m]) > 10',
    'sum by (job) (rate(req_total{code=~"5.."}[5m])) / sum by (job) (rate(req_total[5m])) > 0.05',
    'rate(bytes_total[1m]) / 1024 / 1024 > 50',
    'sum without (cpu) (rate(cpu_seconds_total{mode!="idle"}[2m])) * 100 > 90',
    'increase(backups_total[1d]) < 1',
  ],
  histograms: [
    'histogram_quantile(0.99, sum by (le) (rate(latency_seconds_bucket[5m]))) > 1.5',
    'histogram_quantile(0.95, rate(latency_seconds_bucket[5m])) * 1000 > 300',
    'sum(rate(l_bucket{le="0.5"}[5m])) / sum(rate(l_count[5m])) < 0.9',
    'histogram_quantile(0.9, sum(rate(latency_seconds[5m]))) > 2',
    'histogram_quantile(0.9, sum by (instance, le) (rate(l_bucket[5m])) * on (instance) group_left (node) info) > 2',
  ],
  time: [
    'time() - last_backup_timestamp_seconds > 86400',
    '(certificate_not_after - time()) / 86400 < 21',
    'predict_linear(avail_bytes[1h], 4 * 3600) < 0',
    'deriv(offset_seconds[5m]) > 0.01',
    'delta(level[10m]) < -5',
    'x / x offset 1h > 1.5',
    'x > 1 and on () hour() >= 8',
    'changes(start_time_seconds[15m]) > 2',
    'resets(uptime_seconds[30m]) > 1',
  ],
  presence: [
    'absent(up{job="api"})',
    'absent_over_time(heartbeat[10m])',
    'absent(up{job="api"} == 1)',
    'x offset 30m unless x',
    'x > 5 unless on (instance) maintenance == 1',
    'count(up{job="db"} == 1) < 2',
    'count by (job) (up == 0) / count by (job) (up) > 0.2',
    'count_over_time(x[5m]) < 1 or absent(x)',
  ],
  joins: [
    'a * on (pod) group_left (node) info{kind="x"} > 3',
    'a / ignoring (reason) group_left b > 0.1',
    'sum by (ns) (a) > sum by (ns) (b)',
    'max by (ns) (a{role="primary"}) == 0 and on (ns) b > 1',
    'label_replace(a, "host", "$1", "instance", "(.*):.*") > 1',
    'topk(3, sum by (job) (rate(x_total[5m]))) > 10',
    'stddev(shards) > 0',
    'quantile(0.9, x) > 5',
    'count(count by (version) (build_info)) > 1',
    'avg_over_time(x[10m]) > 2 * avg_over_time(x[10m] offset 1h)',
    'max_over_time(rate(x_total[5m])[30m:1m]) > 4',
  ],
};

describe.each(Object.entries(SHAPES))('%s', (_, shapes) => {
  it.each(shapes)('%s', (expr) => {
    expect(solved({ alert: 'A', expr, for: '2m' })).toHaveProperty('pairs');
  });
});
