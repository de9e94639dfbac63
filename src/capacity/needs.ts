import type { CapacityNeed } from '../model/dimension.ts';
import type { DimensionResult, NeedVerdict } from '../model/capacity.ts';
import { loadText } from '../lib/amounts.ts';

/**
 * Holds what the contract needs against the saturation points that were found. A need whose
 * dimension wasn't looked at is no part of the answer; one whose saturation point wasn't found is
 * inconclusive, unless what did hold is enough already.
 */
export function judgeNeeds(needs: CapacityNeed[], results: DimensionResult[]): NeedVerdict[] {
  return needs.flatMap((need): NeedVerdict[] => {
    const result = results.find(({ dimension }) => dimension.need === need.dimension);
    return result ? [judgeNeed(need, result)] : [];
  });
}

function judgeNeed(
  need: CapacityNeed,
  { dimension, saturationPoint, steps, firstAlert }: DimensionResult,
): NeedVerdict {
  const held =
    saturationPoint.kind === 'inconclusive'
      ? Math.max(
          0,
          ...steps
            .filter(({ verdict }) => verdict.outcome === 'holds')
            .map(({ measurement }) => measurement.load),
        )
      : saturationPoint.load;
  const { unit } = dimension;
  const headroom =
    need.peak === null || need.peak === 0 || saturationPoint.kind === 'inconclusive'
      ? null
      : held / need.peak;
  const sentence =
    headroom === null || need.peak === null
      ? ''
      : `; today's peak of ${loadText(need.peak)} has ${headroom.toFixed(1)} times headroom`;
  const first =
    firstAlert && saturationPoint.kind === 'found'
      ? `${firstAlert.alert} would fire at ${loadText(firstAlert.load)} ${unit}`
      : `${saturationPoint.kind === 'found' ? 'holds' : 'at least'} ${loadText(held)} ${unit}`;
  const required = need.need ?? need.peak ?? 0;
  if (held >= required) {
    const enough =
      need.need === null ? '' : `; the ${loadText(need.need)} that are needed are held`;
    return { need, outcome: 'pass', headroom, text: `${first}${sentence}${enough}` };
  }
  const asked = need.need === null ? "are today's peak" : 'are needed';
  const missed = `${loadText(required)} ${unit} ${asked}, and ${loadText(held)} are held`;
  if (saturationPoint.kind === 'found')
    return { need, outcome: 'fail', headroom, text: `${first}${sentence}; ${missed}` };
  const why = saturationPoint.kind === 'inconclusive' ? `: ${saturationPoint.reason}` : '';
  const text = `${missed}, and nobody could look further${why}`;
  return { need, outcome: 'inconclusive', headroom, text };
}
