import type { NeverNegative } from '../promql/bounds.ts';
import { isMade } from '../promql/made.ts';
import { isNeverNegative } from '../promql/never-negative.ts';
import type { Recorded } from './leaves.ts';

/**
 * Which metrics never fall below 0: those whose names say so, and that no rule records, here or
 * elsewhere. What a rule makes is what its expression gives, whatever it is called.
 */
export function neverNegativeBut(recorded: Recorded): NeverNegative {
  return (name) => !recorded.has(name) && !isMade(name) && isNeverNegative(name);
}
