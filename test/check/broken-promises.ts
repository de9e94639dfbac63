/** A change of a stack, and what must be found of it, and where: the line's text. */
export interface Change {
  what: string;
  edit: readonly [file: string, from: string, to: string];
  finds: { rule: string; subject: string; says: string; at: string };
}

const APPLICATION = 'prometheus/alerts/application.yml';
export const SYSTEM = 'prometheus/alerts/system.yml';
const INFRASTRUCTURE = 'prometheus/alerts/infrastructure.yml';
const META = 'prometheus/alerts/meta.yml';
const BUSINESS = 'prometheus/alerts/business.yml';
const DASHBOARD = 'grafana/dashboards/business-metrics.json';

function breaks(what: string, edit: Change['edit'], alert: string, says: string): Change {
  const at = `- alert: ${alert}`;
  return { what, edit, finds: { rule: 'promise/broken', subject: `alert ${alert}`, says, at } };
}

/** What differs from its promise by its text is told by that, and not once more by promtool. */
function differs(edit: Change['edit'], alert: string, at: string, says: string): Change {
  const what = `what differs by its text: ${at}`;
  return { what, edit, finds: { rule: 'promise/differs', subject: `alert ${alert}`, says, at } };
}

function shows(what: string, [from, to]: [string, string], panel: string, says: string): Change {
  const finds = { rule: 'promise/panel-differs', subject: `panel "${panel}"`, says, at: to };
  return { what, edit: [DASHBOARD, from, to], finds };
}

/** Changes of one group touch different alerts, and share a run of promtool. */
export const GROUPS: Change[][] = [
  [
    breaks(
      'a limit that is further away',
      [SYSTEM, '} < 15', '} < 14.7'],
      'LowDiskSpace',
      'just above the limit, it is not pending',
    ),
    breaks(
      'a limit that is nearer',
      [SYSTEM, '> 85', '> 84.5'],
      'HighMemoryUsage',
      'just below the limit, it is not silent',
    ),
    breaks(
      'a comparison that includes the limit',
      [BUSINESS, '> 0.2', '>= 0.2'],
      'HighCameraOfflineRate',
      'just below the limit, it is not silent',
    ),
    breaks(
      'a label that is aggregated away',
      [
        APPLICATION,
        'sum by (job) (rate(http_requests_total{status=~"5.."}[5m]))\n            / sum by (job) (',
        'sum(rate(http_requests_total{status=~"5.."}[5m]))\n            / sum(',
      ],
      'HighErrorRate',
      'just above the limit, it is not pending',
    ),
    breaks(
      'another quantile',
      [APPLICATION, '0.95', '0.9'],
      'SlowResponseTime',
      'just above the limit, it is not pending',
    ),
    breaks(
      'a limit that is off in its last digit',
      [BUSINESS, '> 0.1', '> 0.1001'],
      'RecordingFailures',
      'a last digit beyond the limit, it is not',
    ),
    breaks(
      'a comparison that includes a limit which no run meets exactly',
      [SYSTEM, ')) > 80', ')) >= 80'],
      'HighCPUUsage',
      'exactly at the limit, it is not silent',
    ),
    breaks(
      'the highest of two databases for both together',
      [INFRASTRUCTURE, 'sum by (job, instance) (pg_stat', 'max by (job, instance) (pg_stat'],
      'PostgresConnectionsHigh',
      'just above the limit, it is not pending',
    ),
    breaks(
      'what is proved in virtual time alone, its window twice as long',
      [
        META,
        'prometheus_rule_evaluation_failures_total[5m]',
        'prometheus_rule_evaluation_failures_total[10m]',
      ],
      'RulesFail',
      'when a surge has drained from the window, it is not silent',
    ),
    shows(
      'an average for a sum',
      ['sum by (job) (gtvision_active', 'avg by (job) (gtvision_active'],
      'Streams Now',
      'it shows {job="streaming"} 3.5E+00, and not {job="streaming"} 7',
    ),
    shows(
      'what nothing divided by nothing is',
      [
        ' / sum by (job) (gtvision_cameras_total) >= 0"',
        ' / sum by (job) (gtvision_cameras_total)"',
      ],
      'Cameras Offline Now',
      '{job="site-c"} NaN, and not',
    ),
    shows(
      'two hours for one',
      ['lpr_events_total[1h]', 'lpr_events_total[2h]'],
      'Plates Last Hour',
      'it shows {} 2.301294E+03, and not {} 2443.18',
    ),
  ],
  [
    breaks(
      'the last two samples instead of a window',
      [BUSINESS, 'rate(gtvision_recording_errors_total', 'irate(gtvision_recording_errors_total'],
      'RecordingFailures',
      'in a burst that the window averages out, it is not silent',
    ),
    breaks(
      'a window twice as long',
      [APPLICATION, '{status=~"5.."}[5m]', '{status=~"5.."}[10m]'],
      'HighErrorRate',
      'when a surge has drained from the window, it is not silent',
    ),
    breaks(
      'a pseudo file system that is full by nature',
      [
        SYSTEM,
        '"tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|fuse.*|nsfs|proc|sysfs|autofs"}\n            / node_filesystem_size_bytes{fstype!~"tmpfs|',
        '"ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|fuse.*|nsfs|proc|sysfs|autofs"}\n            / node_filesystem_size_bytes{fstype!~"',
      ],
      'LowDiskSpace',
      'just below the limit, it is not silent',
    ),
    breaks(
      'a value that is printed raw',
      [
        SYSTEM,
        'it is at {{ printf "%.1f" $value }}%.\'\n          runbook_url: https://github.com/gt-vision/observability/blob/main/docs/runbooks/HighCPU',
        'it is at {{ printf "%.3f" $value }}%.\'\n          runbook_url: https://github.com/gt-vision/observability/blob/main/docs/runbooks/HighCPU',
      ],
      'HighCPUUsage',
      'a last digit beyond the limit, it is not read as promised',
    ),
    differs(
      [
        SYSTEM,
        'node_memory_MemTotal_bytes) > 85\n        for: 5m',
        'node_memory_MemTotal_bytes) > 85\n        for: 4m',
      ],
      'HighMemoryUsage',
      'for: 4m',
      '`for` is 4m, and 5m is promised',
    ),
    differs(
      [
        APPLICATION,
        'expr: up == 0\n        for: 1m',
        'expr: up == 0\n        keep_firing_for: 10m\n        for: 1m',
      ],
      'ServiceDown',
      'keep_firing_for: 10m',
      '`keep_firing_for` is 10m, and 0s is promised',
    ),
  ],
];
