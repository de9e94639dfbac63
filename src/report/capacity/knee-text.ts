import { loadText, withUnit } from '../../lib/amounts.ts';
import type { Knee } from '../../model/capacity.ts';

/** The knee in a sentence, with what every search found. */
export function kneeText(knee: Knee, unit: string): string {
  const each = knee.repetitions.map(({ holds }) => loadText(holds)).join(', ');
  const odd = knee.repetitions.some(({ notMonotonic }) => notMonotonic)
    ? ' A higher load held although a lower one broke twice: what is loaded does not behave evenly.'
    : '';
  if (knee.kind === 'inconclusive')
    return `The knee could not be found: ${knee.reason}.${each === '' ? '' : ` Searches that ended found ${each}.`}`;
  const searches = knee.repetitions.length;
  const found =
    searches === 1
      ? 'one search'
      : `${searches} searches found ${each}, which lie ${withUnit(knee.spread, 'share')} apart`;
  if (knee.kind === 'found')
    return `The knee is at ${loadText(knee.load)} ${unit} (${found}).${odd}`;
  return (
    `It holds at least ${loadText(knee.load)} ${unit} (${found}): ` +
    `${knee.limitedBy === 'generator' ? 'the generator could send no more' : 'the search goes no further'}.${odd}`
  );
}

/**
 * A load as a share of the knee: `90% of the knee`; where nobody could look further, of what held.
 */
export function shareText({ kind }: Knee, share: number): string {
  return `${Math.round(share * 100)}% of ${kind === 'found' ? 'the knee' : 'what held'}`;
}
