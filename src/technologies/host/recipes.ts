import type { Recipe } from '../recipe.ts';

const MEMORY_BYTES = 16e9;
const DISK_BYTES = 100e9;
const FILE_SYSTEM = { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' };

export const cpu: Recipe = {
  follows: 'ratio',
  series: [
    {
      metric: 'node_cpu_seconds_total',
      labels: { cpu: '0', mode: 'idle' },
      counter: true,
      at: (busy) => 1 - busy,
    },
    {
      metric: 'node_cpu_seconds_total',
      labels: { cpu: '0', mode: 'user' },
      counter: true,
      at: (busy) => busy,
    },
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
  ],
};
