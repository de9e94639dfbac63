import type { Bounds } from '../../promql/bounds.ts';

/** Where a value may lie, for people. */
export function boundsText({ min, max }: Bounds): string {
  if (min === max) return `at ${min}`;
  if (min === -Infinity && max === Infinity) return 'anywhere';
  if (max === Infinity) return `at ${min} or above`;
  return min === -Infinity ? `at ${max} or below` : `between ${min} and ${max}`;
}
