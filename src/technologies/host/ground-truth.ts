import { growth, level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  growth('host.cpu_busy', 'node_cpu_seconds_total', 'CPU seconds in use', { mode: 'user' }),
  growth('host.cpu_idle', 'node_cpu_seconds_total', 'CPU seconds not in use', { mode: 'idle' }),
  level('host.memory_available', 'node_memory_MemAvailable_bytes', 'bytes of memory that are free'),
  level('host.memory_total', 'node_memory_MemTotal_bytes', 'bytes of memory'),
  level('host.disk_free', 'node_filesystem_avail_bytes', 'free bytes of its data file system'),
  level('host.disk_size', 'node_filesystem_size_bytes', 'size of its data file system in bytes'),
  growth('host.disk_read', 'node_disk_read_bytes_total', 'bytes that were read'),
  growth('host.disk_written', 'node_disk_written_bytes_total', 'bytes that were written'),
  growth('host.network_received', 'node_network_receive_bytes_total', 'bytes that were received'),
  growth('host.network_sent', 'node_network_transmit_bytes_total', 'bytes that were sent'),
];
