import type { Plan } from '../../model/plan.ts';
import type { InstrumentationMutant } from './index.ts';

/**
 * Why a wrong value of a label makes no difference to anybody: nothing in the stack names it, no
 * promised alert carries it, and series aren't mixed up by it. Undefined where it may.
 * @param texts the stack's own files, in which a label may be named
 */
export function unreadLabel(
  { operator, label, mixes }: InstrumentationMutant,
  plan: Plan,
  texts: readonly string[],
): string | undefined {
  if (operator !== 'label-value-wrong' || label === undefined || mixes) return undefined;
  const named = new RegExp(`\\b${label}\\b`);
  const isNamed =
    texts.some((text) => named.test(text)) ||
    plan.tracks.some(({ labels }) => labels[label] !== undefined);
  return isNamed
    ? undefined
    : `Nothing in the stack reads ${label}, and other labels tell the series apart.`;
}
