/**
 * Buckets of a histogram that can be added to another one: from 1 ms to 65 s, each 9% wider than
 * the one before.
 */
export const BUCKETS = { firstMs: 1, perDoubling: 8, last: 129 };

/**
 * The bucket of a duration: the first one whose upper edge isn't below it; all that is above 65 s
 * in the last.
 */
export function bucketOf(ms: number): number {
  if (ms <= BUCKETS.firstMs) return 0;
  return Math.min(BUCKETS.last, Math.ceil(BUCKETS.perDoubling * Math.log2(ms / BUCKETS.firstMs)));
}
