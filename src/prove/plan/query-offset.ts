import { queryOffsetOf } from '../../stack/query-offset.ts';
import type { Rule } from '../../stack/rules.ts';
import type { Subject } from './subject.ts';

/** How far back a rule's group looks. The stack's own ms. */
export function queryOffsetMs(
  { prometheus }: Pick<Subject, 'prometheus'>,
  { group }: Pick<Rule, 'group'>,
): number {
  return queryOffsetOf(group, prometheus);
}

/**
 * How long ago what an alert's rule sees was so, at most: what a group records is stamped as long
 * ago as the group looks back, so whoever doesn't look back as far finds nothing newer. The stack's
 * own ms.
 * @param behind recording rules that it reads
 */
export function resultOffsetMs(
  stack: Pick<Subject, 'prometheus'>,
  { rule, behind }: { rule: Rule; behind: readonly Rule[] },
): number {
  const offsets = [rule, ...behind].map((one) => queryOffsetMs(stack, one));
  // Where all look back equally far, each finds what it looks for.
  return new Set(offsets).size === 1
    ? Math.max(...offsets)
    : offsets.reduce((sum, offset) => sum + offset, 0);
}
