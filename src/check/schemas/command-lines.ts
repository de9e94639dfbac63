/** What a flag takes; a switch takes nothing. */
export type FlagKind = 'switch' | 'text' | 'duration' | 'elapsed' | 'size' | 'level' | 'format';

/** The command line of a program, as its `--help-long` and its source say. */
export interface CommandLine {
  /** For people. */
  program: string;
  /** By the image's name. */
  image: RegExp;
  /** The first version whose flags begin with two dashes. */
  since: { major: number; minor: number };
  /** Every flag of any version since; undefined where only the dashes are judged. */
  flags: ReadonlyMap<string, FlagKind> | undefined;
  /** Flags that versions no longer have: the first without them, and what to write instead. */
  gone: ReadonlyMap<string, { major: number; instead: string }>;
}

const flags = (kinds: Partial<Record<FlagKind, string[]>>): Map<string, FlagKind> =>
  new Map(
    Object.entries(kinds).flatMap(([kind, names]) =>
      names.map((name) => [name, kind as FlagKind] as const),
    ),
  );

/** cmd/prometheus/main.go, hidden flags too; those of version 2 that are gone in 3 are below. */
const PROMETHEUS = flags({
  switch: [
    ...['help', 'help-long', 'help-man', 'version', 'agent', 'auto-gomaxprocs', 'auto-gomemlimit'],
    ...['web.enable-lifecycle', 'web.enable-admin-api', 'web.enable-remote-write-receiver'],
    ...['web.enable-otlp-receiver', 'storage.tsdb.no-lockfile', 'storage.tsdb.wal-compression'],
    ...['storage.agent.no-lockfile', 'storage.agent.wal-compression', 'scrape.adjust-timestamps'],
    'alertmanager.drain-notification-queue-on-shutdown',
  ],
  text: [
    ...['config.file', 'web.listen-address', 'auto-gomemlimit.ratio', 'web.config.file'],
    ...['web.max-connections', 'web.max-notifications-subscribers', 'web.external-url'],
    ...['web.route-prefix', 'web.user-assets', 'web.local-assets', 'web.console.templates'],
    ...['web.console.libraries', 'web.page-title', 'web.cors.origin', 'storage.tsdb.path'],
    ...['web.remote-write-receiver.accepted-protobuf-messages', 'storage.agent.path'],
    ...['storage.tsdb.head-chunks-write-queue-size', 'storage.tsdb.samples-per-chunk'],
    ...['storage.tsdb.wal-compression-type', 'storage.agent.wal-compression-type'],
    ...['storage.tsdb.delayed-compaction.max-percent', 'storage.tsdb.delay-compact-file.path'],
    ...['storage.remote.read-sample-limit', 'storage.remote.read-concurrent-limit'],
    ...['storage.remote.read-max-bytes-in-frame', 'rules.max-concurrent-evals'],
    ...['alertmanager.notification-queue-capacity', 'alertmanager.notification-batch-size'],
    ...['query.max-concurrency', 'query.max-samples', 'enable-feature', 'debug.name'],
    ...['storage.tsdb.wal-segment-size', 'storage.agent.wal-segment-size'],
    ...['storage.tsdb.max-block-chunk-segment-size', 'scrape.name-escaping-scheme'],
  ],
  duration: [
    ...['config.auto-reload-interval', 'web.read-timeout', 'storage.tsdb.retention.time'],
    ...['storage.tsdb.min-block-duration', 'storage.tsdb.max-block-duration'],
    ...['storage.tsdb.block-reload-interval', 'storage.agent.wal-truncate-frequency'],
    ...['storage.agent.retention.min-time', 'storage.agent.retention.max-time'],
    ...['storage.remote.flush-deadline', 'rules.alert.for-outage-tolerance'],
    ...['rules.alert.for-grace-period', 'rules.alert.resend-delay', 'query.lookback-delta'],
    ...['query.timeout', 'scrape.discovery-reload-interval'],
  ],
  elapsed: ['scrape.timestamp-tolerance'],
  size: ['storage.tsdb.retention.size'],
  level: ['log.level'],
  format: ['log.format'],
});

/** cmd/alertmanager/main.go. */
const ALERTMANAGER = flags({
  switch: [
    ...['help', 'help-long', 'help-man', 'version', 'log.silences', 'web.systemd-socket'],
    'cluster.allow-insecure-public-advertise-address-discovery',
  ],
  text: [
    ...['config.file', 'storage.path', 'silences.max-silences', 'auto-gomemlimit.ratio'],
    ...['silences.max-silence-size-bytes', 'silences.max-per-silence-bytes'],
    ...['alerts.per-alertname-limit', 'web.listen-address', 'web.config.file', 'web.external-url'],
    ...['web.route-prefix', 'web.get-concurrency', 'web.ui-path', 'cluster.listen-address'],
    ...['cluster.advertise-address', 'cluster.peer-name', 'cluster.peer', 'cluster.tls-config'],
    ...['cluster.label', 'enable-feature', 'auto-gomaxprocs'],
  ],
  elapsed: [
    ...['data.retention', 'data.maintenance-interval', 'alerts.gc-interval', 'web.timeout'],
    ...['dispatch.maintenance-interval', 'dispatch.start-delay', 'cluster.peer-timeout'],
    ...['cluster.peers-resolve-timeout', 'cluster.gossip-interval', 'cluster.pushpull-interval'],
    ...['cluster.tcp-timeout', 'cluster.probe-timeout', 'cluster.probe-interval'],
    ...['cluster.settle-timeout', 'cluster.reconnect-interval', 'cluster.reconnect-timeout'],
  ],
  level: ['log.level'],
  format: ['log.format'],
});

/** The programs whose command lines are known. */
export const COMMAND_LINES: CommandLine[] = [
  {
    program: 'Prometheus',
    image: /^(prom|prometheus|bitnami|ubuntu)\/prometheus$/,
    since: { major: 2, minor: 0 },
    flags: PROMETHEUS,
    gone: new Map([
      ...['alertmanager.url', 'alertmanager.path'].map(
        (name) => [name, { major: 2, instead: '`alerting` in prometheus.yml' }] as const,
      ),
      ['storage.local.path', { major: 2, instead: '`--storage.tsdb.path`' }],
      ['storage.local.retention', { major: 2, instead: '`--storage.tsdb.retention.time`' }],
      ['query.staleness-delta', { major: 2, instead: '`--query.lookback-delta`' }],
      ['storage.tsdb.retention', { major: 3, instead: '`--storage.tsdb.retention.time`' }],
      ['storage.tsdb.allow-overlapping-blocks', { major: 3, instead: 'nothing: it is so always' }],
      ['alertmanager.timeout', { major: 3, instead: '`timeout` under `alerting`' }],
    ]),
  },
  {
    program: 'Alertmanager',
    image: /^(prom|prometheus|bitnami|ubuntu)\/alertmanager$/,
    since: { major: 0, minor: 13 },
    flags: ALERTMANAGER,
    gone: new Map([
      ['mesh.peer', { major: 0, instead: '`--cluster.peer`' }],
      ['mesh.listen-address', { major: 0, instead: '`--cluster.listen-address`' }],
    ]),
  },
  ...[
    { program: 'node_exporter', image: /^(prom|prometheus)\/node-exporter$/, minor: 15 },
    { program: 'Pushgateway', image: /^(prom|prometheus)\/pushgateway$/, minor: 5 },
    { program: 'blackbox_exporter', image: /^(prom|prometheus)\/blackbox-exporter$/, minor: 12 },
  ].map(({ program, image, minor }) => ({
    program,
    image,
    since: { major: 0, minor },
    flags: undefined,
    gone: new Map(),
  })),
];
