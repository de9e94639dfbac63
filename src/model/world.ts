import { NAMESPACE } from './project-name.ts';

/** Facts of the run's own world that the plan reckons with and the run makes true. */

/**
 * Longest delay a request of the load is given, ms; response times are values and are not sped up.
 */
export const SLOW_ANSWER_MS = 1_200;
/** What PostgreSQL is started with. */
export const MAX_CONNECTIONS = 50;
/**
 * How often RabbitMQ counts its queues (`collect_statistics_interval`), real-time ms; divided by
 * the speed like every other interval.
 */
export const QUEUE_STATISTICS_MS = 5_000;
/** Capacity of the stand-in for object storage. */
export const CAPACITY_MIB = 16;
/** Drives that the stand-in spreads it over. */
export const STORAGE_DRIVES = 4;
/** The synthetic host's data file system: a small real one, which really fills up. */
export const DISK_BYTES = 32 * 1024 * 1024;
/** Where it is mounted. */
export const DISK_MOUNT = `/var/lib/${NAMESPACE}`;
/** A pseudo file system that is full, over which nobody may be woken. */
export const DECOY_BYTES = 64 * 1024;
/** Flags with which the node exporter reads a host made of files, and nothing of the real one. */
export const NODE_EXPORTER_FLAGS = [
  '--collector.disable-defaults',
  ...['cpu', 'meminfo', 'filesystem', 'diskstats', 'netdev'].map((name) => `--collector.${name}`),
  '--no-collector.netdev.netlink',
  '--collector.filesystem.fs-types-exclude=^$',
  '--collector.filesystem.mount-points-exclude=^$',
];
/**
 * What PostgreSQL is started with for a run: durability is off, since nothing of it outlives the
 * run.
 */
export const POSTGRES_SETTINGS = {
  fsync: 'off',
  jit: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  max_connections: String(MAX_CONNECTIONS),
};
/** More often than this RabbitMQ's counting costs more than it tells, ms. */
const LEAST_STATISTICS_MS = 50;
/** Who the run's clients are to RabbitMQ in a container. */
export const RABBITMQ_USER = NAMESPACE;
/** What lets the run's clients call functions of RabbitMQ's; its network is the run's alone. */
export const ERLANG_COOKIE = NAMESPACE;
/**
 * RabbitMQ's idle schedulers sleep instead of spinning: the cores are shared with everything else.
 */
export const ERLANG_FLAGS = '+sbwt none +sbwtdcpu none +sbwtdio none';

/** What RabbitMQ is configured with for a run at this speed, beside what production has. */
export function rabbitmqSettings(speed: number): string {
  return [
    '# Else it reads /proc/<pid>, which a container may mask.',
    'vm_memory_calculation_strategy = allocated',
    `collect_statistics_interval = ${Math.max(LEAST_STATISTICS_MS, Math.round(QUEUE_STATISTICS_MS / speed))}`,
    'log.console = true',
    'log.console.level = warning',
    '',
  ].join('\n');
}
