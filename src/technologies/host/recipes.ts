import type { Ingredient, Recipe } from '../recipe.ts';

const MEMORY_BYTES = 16e9;
const DISK_BYTES = 100e9;
const FILE_SYSTEM = { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' };
/** One that nobody can free space on, and one with other numbers. */
const BYSTANDERS = [
  { labels: { device: 'tmpfs', fstype: 'tmpfs', mountpoint: '/run' }, bytes: 1e6, free: 0.001 },
  { labels: { device: '/dev/vdb1', fstype: 'xfs', mountpoint: '/mnt' }, bytes: 7e9, free: 0.7 },
];

/** How much busier one of two CPUs is than both on average. */
const apart = (busy: number): number => Math.min(busy, 1 - busy) / 4;

/**
 * A CPU's seconds a second, by mode: what isn't idle is mostly work, and some of it waiting for a
 * disk.
 */
const processor = (cpu: string, busy: (level: number) => number): Ingredient[] => {
  const modes: [string, (level: number) => number][] = [
    ['idle', (level) => 1 - busy(level)],
    ['user', (level) => 0.75 * busy(level)],
    ['iowait', (level) => 0.25 * busy(level)],
  ];
  return modes.map(([mode, at]) => ({
    metric: 'node_cpu_seconds_total',
    labels: { cpu, mode },
    counter: true,
    at,
  }));
};

export const cpu: Recipe = {
  follows: 'ratio',
  series: [
    ...processor('0', (level) => level + apart(level)),
    ...processor('1', (level) => level - apart(level)),
  ],
};

export const memory: Recipe = {
  follows: 'at-once',
  series: [
    { metric: 'node_memory_MemTotal_bytes', at: () => MEMORY_BYTES },
    { metric: 'node_memory_MemAvailable_bytes', at: (used) => MEMORY_BYTES * (1 - used) },
  ],
};

export const diskFree: Recipe = {
  follows: 'at-once',
  series: [
    { metric: 'node_filesystem_size_bytes', labels: FILE_SYSTEM, at: () => DISK_BYTES },
    { metric: 'node_filesystem_avail_bytes', labels: FILE_SYSTEM, at: (free) => DISK_BYTES * free },
    ...BYSTANDERS.flatMap(({ labels, bytes, free }): Ingredient[] => [
      { metric: 'node_filesystem_size_bytes', labels, bystander: true, at: () => bytes },
      { metric: 'node_filesystem_avail_bytes', labels, bystander: true, at: () => bytes * free },
    ]),
  ],
};
