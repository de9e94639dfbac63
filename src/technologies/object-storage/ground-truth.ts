import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  level('storage.used', 'minio_cluster_usage_total_bytes', 'bytes of the objects that were put'),
  level(
    'storage.free',
    'minio_cluster_capacity_usable_free_bytes',
    'bytes that the drives that are there still have room for',
  ),
  level(
    'storage.capacity',
    'minio_cluster_capacity_usable_total_bytes',
    'the capacity in bytes of the drives that are there',
  ),
  level(
    'storage.drives_offline',
    'minio_cluster_drive_offline_total',
    'drives that were taken away from it',
  ),
];
