import { stringify } from 'yaml';

/** An alert of a component whose metrics begin with `name`, its limits grown by `n`. */
type AlertShape = (name: string, n: number) => { expr: string; for: string };

const held =
  (duration: string, expr: (name: string, n: number) => string): AlertShape =>
  (name, n) => ({ expr: expr(name, n), for: duration });

const ERRORS = (name: string, window: string): string =>
  `sum by (job) (rate(${name}_failed_total[${window}])) / sum by (job) (rate(${name}_calls_total[${window}]))`;

/** What large collections are made of: limits, rates, ratios, absence, age, long windows, joins. */
const SHAPES: readonly AlertShape[] = [
  held('5m', (c, n) => `${c}_queue_length{namespace=~".+"} > ${100 + n}`),
  held('10m', (c, n) => `rate(${c}_errors_total{namespace="prod"}[5m]) > ${1 + n}`),
  held('15m', (c, n) => `${c}_free_bytes / ${c}_size_bytes * 100 < ${10 + n / 10}`),
  held('2m', (c, n) => `${ERRORS(c, '5m')} > 0.0${1 + (n % 9)}`),
  held('5m', (c) => `absent(${c}_up{job="${c}"})`),
  held('1m', (c, n) => `time() - ${c}_last_success_timestamp_seconds > ${3600 + n}`),
  held(
    '5m',
    (c, n) =>
      `histogram_quantile(0.99, sum by (le) (rate(${c}_latency_seconds_bucket[5m]))) > ${1 + n / 10}`,
  ),
  held('30m', (c) => `predict_linear(${c}_available_bytes[6h], 4 * 3600) < 0`),
  held('3m', (c) => `${c}_state{state="failed"} == 1 and on (instance) ${c}_enabled == 1`),
  held('5m', (c, n) => `count by (cluster) (${c}_member == 1) < ${2 + (n % 3)}`),
  held('0m', (c, n) => `changes(${c}_start_time_seconds[10m]) > ${2 + (n % 4)}`),
  held('5m', (c, n) => `avg_over_time(${c}_usage_ratio[10m]) > 0.8${n % 10}`),
  held('5m', (c, n) => `${c}_pods * on (pod) group_left (node) ${c}_pod_info > ${10 + n}`),
  held('5m', (c, n) => `max by (namespace) (${c}_lag) - min by (namespace) (${c}_lag) > ${10 + n}`),
  held('1m', (c, n) => `increase(${c}_restarts_total[1h]) > ${2 + (n % 5)}`),
  held('5m', (c, n) => `${c}_used > ${10 + n} unless on (instance) ${c}_maintenance == 1`),
  held('2m', (c) => `${c}:errors:ratio5m > 0.14 and ${c}:errors:ratio1h > 0.14`),
  held('15m', (c) => `${c}:errors:ratio30m > 0.06 and ${c}:errors:ratio6h > 0.06`),
  held('0m', (c, n) => `delta(${c}_level[10m]) < -${2 + n}`),
  held('5m', (c) => `sum(${c}_jobs) by (job) == 0`),
  held('1h', (c) => `${c}_replicas_wanted != ${c}_replicas_ready`),
  held('5m', (c, n) => `sum(rate(${c}_dropped_total{namespace=~"prod|stage"}[5m])) > ${1 + n}`),
  held('10m', (c, n) => `sum(${c}_sessions) > ${1000 + n}`),
  held('5m', (c) => `(${c}_certificate_not_after - time()) / 86400 < 21`),
  held('5m', (c) => `max_over_time(${c}_waiting[5m]) > 4 or ${c}_blocked == 1`),
];

const RECORDED = ['5m', '30m', '1h', '6h'];

/**
 * The rule files of a large collection, one for each component, with a recording rule for each
 * window of their burn rates.
 */
export function manyAlerts(count: number): { path: string; text: string }[] {
  const components = Math.ceil(count / SHAPES.length);
  return Array.from({ length: components }, (_, n) => ({
    path: `rules/c${n}.yml`,
    text: ruleFile(`c${n}`, n, Math.min(SHAPES.length, count - n * SHAPES.length)),
  }));
}

function ruleFile(name: string, n: number, count: number): string {
  const records = RECORDED.map((window) => ({
    record: `${name}:errors:ratio${window}`,
    expr: ERRORS(name, window),
  }));
  const alerts = SHAPES.slice(0, count).map((shape, i) => ({
    alert: `${name.toUpperCase()}Alert${i}`,
    ...shape(name, n),
    labels: { severity: i % 3 === 0 ? 'critical' : 'warning' },
    annotations: { summary: '{{ $labels.instance }} has {{ $value }}' },
  }));
  return stringify({
    groups: [
      { name: `${name}.rules`, rules: records },
      { name, rules: alerts },
    ],
  });
}
