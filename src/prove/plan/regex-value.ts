import { matchesWhole } from '../../promql/regex/match.ts';
import { samples } from '../../promql/regex/sample.ts';

/** Longest pattern that a value is looked for. */
const LONGEST = 500;

/**
 * A value that a regular expression matches as a whole, and that is no empty one where it needn't
 * be; undefined when none was found. Each try is checked by the expression itself.
 */
export function valueFor(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return undefined;
  const made = samples(pattern);
  const tries = [...made.filter((text) => text !== ''), 'x', '1', 'true', ''];
  return tries.find((value) => matchesWhole(pattern, value));
}
