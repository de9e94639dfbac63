import type { CapacityNeed, DimensionResult, NeedVerdict } from '../model/capacity.ts';
import { loadText } from '../lib/amounts.ts';

/**
 * Holds what the contract needs against the knees that were found. A need whose dimension wasn't
 * looked at is no part of the answer; one whose knee wasn't found is inconclusive, unless what did
 * hold is enough already.
 */
export function judgeNeeds(needs: CapacityNeed[], results: DimensionResult[]): NeedVerdict[] {
  return needs.flatMap((need): NeedVerdict[] => {
    const result = results.find(({ dimension }) => dimension.need === need.dimension);
    return result ? [judgeNeed(need, result)] : [];
  });
}

function judgeNeed(
  need: CapacityNeed,
  { dimension, knee, steps, firstAlert }: DimensionResult,
): NeedVerdict {
  const held =
    knee.kind === 'inconclusive'
      ? Math.max(
          0,
          ...steps
            .filter(({ verdict }) => verdict.outcome === 'holds')
            .map(({ measurement }) => measurement.load),
        )
      : knee.load;
  const { unit } = dimension;
  const headroom =
    need.peak === null || need.peak === 0 || knee.kind === 'inconclusive' ? null : held / need.peak;
  const sentence =
    headroom === null || need.peak === null
      ? ''
      : `; today's peak of ${loadText(need.peak)} has ${headroom.toFixed(1)} times headroom`;
  const first =
    firstAlert && knee.kind === 'found'
      ? `${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${unit}`
      : `${knee.kind === 'found' ? 'holds' : 'at least'} ${loadText(held)} ${unit}`;
  const required = need.need ?? need.peak ?? 0;
  if (held >= required)
    return {
      need,
      outcome: 'pass',
      headroom,
      text: `${first}${sentence}${need.need === null ? '' : `; the ${loadText(need.need)} that are needed are held`}`,
    };
  const missed =
    `${loadText(required)} ${unit} ` +
    `${need.need === null ? "are today's peak" : 'are needed'}, and ${loadText(held)} are ` +
    'held';
  return knee.kind === 'found'
    ? { need, outcome: 'fail', headroom, text: `${first}${sentence}; ${missed}` }
    : {
        need,
        outcome: 'inconclusive',
        headroom,
        text: `${missed}, and nobody could look further${knee.kind === 'inconclusive' ? `: ${knee.reason}` : ''}`,
      };
}
