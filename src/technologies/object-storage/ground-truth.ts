import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  level('storage.used', 'minio_cluster_usage_total_bytes', 'bytes of the objects that were put'),
  level('storage.capacity', 'minio_cluster_capacity_usable_total_bytes', 'the capacity in bytes'),
];
