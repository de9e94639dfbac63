import { growth, level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

export const groundTruth: GroundTruth[] = [
  growth('redis.hits', 'redis_keyspace_hits_total', "the client's lookups that hit"),
  growth('redis.misses', 'redis_keyspace_misses_total', "the client's lookups that missed"),
  level('redis.up', 'redis_up', '1 where the exporter is let in, 0 where it is kept out'),
];
