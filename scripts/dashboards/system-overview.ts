import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { alertsFiring, frame, withPanels } from './lib/frame.ts';
import { graph } from './lib/graph.ts';
import { LIMITS } from './lib/limits.ts';
import { COLUMNS, GRAPH_HEIGHT, STAT_HEIGHT, place } from './lib/place.ts';
import { stat } from './lib/stat.ts';
import { labelVariable } from './lib/variables.ts';

const ALERTS = ['HighCPUUsage', 'HighMemoryUsage', 'LowDiskSpace'] as const;
/**
 * File systems that are small, read-only or full by nature; the same as in the alert LowDiskSpace.
 */
const PSEUDO = 'tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|erofs|fuse.*|nsfs|proc|sysfs|autofs';
/** Devices whose traffic is also counted on a real one, or never leaves the host. */
const VIRTUAL_NETWORK = 'lo|veth.*|br-.*|docker.*';
const VIRTUAL_DISK = 'dm-.*|loop.*|ram.*|md.*';

const HOST = 'instance=~"$instance"';
const CPU = `100 * (1 - (
    sum by (job, instance) (rate(node_cpu_seconds_total{mode="idle", ${HOST}}[$__rate_interval]))
  / sum by (job, instance) (rate(node_cpu_seconds_total{${HOST}}[$__rate_interval]))))`;
const MEMORY = `100 * (1 - node_memory_MemAvailable_bytes{${HOST}} / node_memory_MemTotal_bytes{${HOST}})`;
const FILE_SYSTEM = `${HOST}, mountpoint=~"$mountpoint", fstype!~"${PSEUDO}"`;
const DISK = `100 * (1 - node_filesystem_avail_bytes{${FILE_SYSTEM}} / node_filesystem_size_bytes{${FILE_SYSTEM}})`;
const perDevice = (metric: string, not: string): string =>
  `sum by (instance, device) (rate(${metric}{${HOST}, device!~"${not}"}[$__rate_interval]))`;

const HALF = COLUMNS / 2;
const BELOW = STAT_HEIGHT + GRAPH_HEIGHT;
const LAST = BELOW + GRAPH_HEIGHT;

/** All of its panels, in the order in which they are drawn. */
const PANELS = [
  stat(alertsFiring(1, place(0, 0, 6, STAT_HEIGHT), ALERTS)),
  stat({
    id: 2,
    title: 'Highest CPU',
    at: place(6, 0, 6, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.cpuPercent,
    queries: [{ expr: `max(${CPU})`, legend: 'highest CPU' }],
    shows: 'CPU in use on the busiest of the chosen hosts, in per cent.',
    bad: 'over 80% for 5 minutes.',
    next: 'CPU Usage % for which host it is.',
  }),
  stat({
    id: 3,
    title: 'Highest Memory',
    at: place(12, 0, 6, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.memoryPercent,
    queries: [{ expr: `max(${MEMORY})`, legend: 'highest memory' }],
    shows: 'Memory in use on the fullest of the chosen hosts, in per cent.',
    bad: 'over 85% for 5 minutes; near 100% the kernel kills processes.',
    next: 'Memory Usage % for which host it is and how fast it grows.',
  }),
  stat({
    id: 4,
    title: 'Fullest Disk',
    at: place(18, 0, 6, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.diskPercent,
    queries: [{ expr: `max(${DISK})`, legend: 'fullest disk' }],
    shows: 'How full the fullest of the chosen file systems is, in per cent.',
    bad: 'over 85% (under 15% free): recordings stop when it is full.',
    next: 'Disk Usage % for which mount it is.',
  }),
  graph({
    id: 11,
    title: 'CPU Usage %',
    at: place(0, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.cpuPercent,
    queries: [{ expr: CPU, legend: '{{instance}}' }],
    shows:
      'Share of CPU time that is not idle, over all cores of a host. Waiting for a disk counts as in use.',
    bad: 'over 80% for 5 minutes; a plateau at 100% means that work queues up.',
    next: 'Request Rate and LPR Events/Hour: did the work grow? Disk I/O: is it waiting?',
  }),
  graph({
    id: 12,
    title: 'Memory Usage %',
    at: place(HALF, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.memoryPercent,
    queries: [{ expr: MEMORY, legend: '{{instance}}' }],
    shows:
      'Share of memory that no process could get any more. Caches that the kernel can give back count as free.',
    bad: 'over 85% for 5 minutes, or a steady climb that never falls: a leak.',
    next: 'which process grows, on the host; Active Connections on Application Metrics.',
  }),
  graph({
    id: 13,
    title: 'Disk Usage %',
    at: place(0, BELOW, COLUMNS, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.diskPercent,
    queries: [{ expr: DISK, legend: '{{instance}} {{mountpoint}}' }],
    shows:
      'How full each real file system is, by mount. Space kept back for root counts as used; ' +
      'pseudo file systems are left out.',
    bad: 'over 85%, or a slope that reaches 100% before somebody is back at work.',
    next: 'Recordings in Progress on Business Metrics; MinIO Storage in Use on Infrastructure.',
  }),
  graph({
    id: 14,
    title: 'Network I/O',
    at: place(0, LAST, HALF, GRAPH_HEIGHT),
    unit: 'Bps',
    mirrored: true,
    runbooks: ['HighCPUUsage'],
    queries: [
      {
        expr: perDevice('node_network_receive_bytes_total', VIRTUAL_NETWORK),
        legend: 'RX {{instance}} {{device}}',
      },
      {
        expr: perDevice('node_network_transmit_bytes_total', VIRTUAL_NETWORK),
        legend: 'TX {{instance}} {{device}}',
      },
    ],
    shows:
      'Bytes a second by device: received (RX) upwards, sent (TX) downwards. Loopback and the ' +
      "containers' own bridges are left out.",
    bad: "a plateau at the speed of the line, or RX that falls to nearly 0: the cameras' streams no longer arrive.",
    next: 'Active Streams and Cameras Status on Business Metrics.',
  }),
  graph({
    id: 15,
    title: 'Disk I/O',
    at: place(HALF, LAST, HALF, GRAPH_HEIGHT),
    unit: 'Bps',
    mirrored: true,
    runbooks: ['LowDiskSpace'],
    queries: [
      {
        expr: perDevice('node_disk_read_bytes_total', VIRTUAL_DISK),
        legend: 'read {{instance}} {{device}}',
      },
      {
        expr: perDevice('node_disk_written_bytes_total', VIRTUAL_DISK),
        legend: 'write {{instance}} {{device}}',
      },
    ],
    shows:
      'Bytes a second by disk: read upwards, written downwards. Devices that stand on another one are left out.',
    bad: 'a plateau at what the disk can do: recordings are late or fail.',
    next: 'Recording Errors on Business Metrics; CPU Usage %, where waiting for the disk shows too.',
  }),
];

/** The hosts: CPU, memory, disks, network. */
export function systemOverview(): DashboardBuilder {
  const dashboard = frame({
    uid: 'gtv-system',
    title: 'System Overview',
    tag: 'system',
    from: 'now-3h',
    alerts: ALERTS,
    description: 'The hosts that GT-Vision runs on: CPU, memory, disks, network.',
  })
    .withVariable(
      labelVariable(
        'instance',
        'Host',
        'node_memory_MemTotal_bytes',
        'Hosts by the address of their node exporter.',
      ),
    )
    .withVariable(
      labelVariable(
        'mountpoint',
        'Mount',
        `node_filesystem_size_bytes{${HOST}, fstype!~"${PSEUDO}"}`,
        'Real file systems of the chosen hosts.',
      ),
    );
  return withPanels(dashboard, PANELS);
}
