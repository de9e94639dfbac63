/** Colours say who would be told: orange as a warning does, red as a critical alert does. */
export const COLOURS = {
  good: 'green',
  warning: 'orange',
  critical: 'red',
  unknown: 'text',
} as const;

/**
 * From where on a panel turns from good to bad: the limits of stack/prometheus/alerts, in the
 * panel's unit. test/gt-vision-stack/grafana/limits.test.ts compares the two.
 */
export interface Limit {
  /** None for what is bad in itself, such as a number of alerts. */
  alert?: string;
  value: number;
  severity: 'warning' | 'critical';
  /** Which side is bad. */
  bad: 'above' | 'below';
}

const above = (alert: string, value: number, severity: Limit['severity']): Limit => ({
  alert,
  value,
  severity,
  bad: 'above',
});
const below = (alert: string, value: number, severity: Limit['severity']): Limit => ({
  alert,
  value,
  severity,
  bad: 'below',
});

export const LIMITS = {
  cpuPercent: above('HighCPUUsage', 80, 'warning'),
  memoryPercent: above('HighMemoryUsage', 85, 'warning'),
  /** The alert speaks of 15% that are free. */
  diskPercent: above('LowDiskSpace', 85, 'critical'),
  errorPercent: above('HighErrorRate', 5, 'critical'),
  p95Seconds: above('SlowResponseTime', 1, 'warning'),
  /** `up` is 0 or 1, the number of streams is whole: bad is everything below one. */
  targetUp: below('ServiceDown', 1, 'critical'),
  streams: below('NoActiveStreams', 1, 'warning'),
  camerasOfflinePercent: above('HighCameraOfflineRate', 20, 'warning'),
  recordingErrorsPerSecond: above('RecordingFailures', 0.1, 'critical'),
  postgresPercent: above('PostgresConnectionsHigh', 80, 'warning'),
  redisHitPercent: below('RedisHitRateLow', 50, 'warning'),
  rabbitmqMessages: above('RabbitMQBacklog', 1000, 'warning'),
  minioPercent: above('MinioStorageHigh', 80, 'critical'),
} as const satisfies Record<string, Limit>;

/** Grafana's threshold steps for a limit. The lowest step has no value of its own. */
export function steps(limit: Limit): { value: number | null; color: string }[] {
  const [low, high] =
    limit.bad === 'above'
      ? [COLOURS.good, COLOURS[limit.severity]]
      : [COLOURS[limit.severity], COLOURS.good];
  return [
    { value: null, color: low },
    { value: limit.value, color: high },
  ];
}
