import { loadText, withUnit } from '../../lib/amounts.ts';
import type { SaturationPoint } from '../../model/saturation.ts';

/** The saturation point in a sentence, with what every search found. */
export function saturationText(point: SaturationPoint, unit: string): string {
  const { repetitions } = point;
  const each = repetitions.map(({ holds }) => loadText(holds)).join(', ');
  if (point.kind === 'inconclusive') {
    const ended = each === '' ? '' : ` Searches that ended found ${each}.`;
    return `The saturation point could not be found: ${point.reason}.${ended}`;
  }
  const found =
    repetitions.length === 1
      ? 'one search'
      : `${repetitions.length} searches found ${each}, which lie ` +
        `${withUnit(point.spread, 'share')} apart`;
  const odd = repetitions.some(({ notMonotonic }) => notMonotonic)
    ? ' A higher load held although a lower one broke twice: what is loaded does not behave evenly.'
    : '';
  const load = `${loadText(point.load)} ${unit} (${found})`;
  if (point.kind === 'found') return `The saturation point is at ${load}.${odd}`;
  const why =
    point.limitedBy === 'generator'
      ? 'the generator could send no more'
      : 'the search goes no further';
  return `It holds at least ${load}: ${why}.${odd}`;
}

/**
 * A load as a share of the saturation point: `90% of the saturation point`; where nobody could look
 * further, of what held.
 */
export function shareText({ kind }: SaturationPoint, share: number): string {
  const whole = kind === 'found' ? 'the saturation point' : 'what held';
  return `${Math.round(share * 100)}% of ${whole}`;
}
