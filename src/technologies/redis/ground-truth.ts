import { growth } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  growth('redis.hits', 'redis_keyspace_hits_total', "the client's lookups that hit"),
  growth('redis.misses', 'redis_keyspace_misses_total', "the client's lookups that missed"),
];
