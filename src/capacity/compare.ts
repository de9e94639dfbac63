import type { CapacityResult, DimensionResult, SaturationComparison } from '../model/capacity.ts';
import type { SaturationPoint } from '../model/saturation.ts';
import { loadText } from '../lib/amounts.ts';

/**
 * Each saturation point beside that of an earlier run. Two saturation points differ when the ranges
 * of their repetitions don't touch, each widened by what the search can't tell apart; else the
 * difference is within the spread. Runs on other machines aren't comparable.
 */
export function compareSaturationPoints(
  before: CapacityResult,
  now: Pick<CapacityResult, 'dimensions' | 'machine' | 'target'>,
): SaturationComparison[] {
  return now.dimensions.map((result) => {
    const other = before.dimensions.find(({ dimension }) => dimension.id === result.dimension.id);
    return compareOne(result, other, differenceOf(before, now));
  });
}

function compareOne(
  now: DimensionResult,
  before: DimensionResult | undefined,
  otherwise: string | null,
): SaturationComparison {
  const loads = {
    before: before ? loadOf(before.saturationPoint) : null,
    now: loadOf(now.saturationPoint),
  };
  const unlike =
    otherwise ??
    (before ? null : 'the baseline has no such dimension') ??
    (before?.dimension.unit === now.dimension.unit ? null : 'the units differ');
  const result = (
    outcome: SaturationComparison['outcome'],
    text: string,
  ): SaturationComparison => ({
    dimension: now.dimension.id,
    outcome,
    ...loads,
    text,
  });
  if (unlike !== null || !before)
    return result('not comparable', unlike ?? 'the baseline has no such dimension');
  const [a, b] = [rangeOf(before), rangeOf(now)];
  if (!a || !b)
    return result(
      'not comparable',
      `the saturation point of ${a ? 'this run' : 'the baseline'} is inconclusive`,
    );
  const change = `${loadText(a.load)} before, ${loadText(b.load)} now${changeOf(a.load, b.load)}`;
  if (b.low > a.high) return result('better', change);
  if (b.high < a.low) return result('worse', change);
  return result('within the spread', change);
}

function rangeOf({
  saturationPoint,
  dimension,
}: DimensionResult): { load: number; low: number; high: number } | null {
  if (saturationPoint.kind === 'inconclusive') return null;
  const holds = saturationPoint.repetitions.map((r) => r.holds);
  // Where nothing broke, nobody knows how high it is.
  const high =
    saturationPoint.kind === 'at least'
      ? Infinity
      : Math.max(saturationPoint.load, ...holds) * (1 + dimension.tolerance);
  return { load: saturationPoint.load, low: Math.min(saturationPoint.load, ...holds), high };
}

function loadOf(saturationPoint: SaturationPoint): number | null {
  return saturationPoint.kind === 'inconclusive' ? null : saturationPoint.load;
}

function differenceOf(
  before: CapacityResult,
  now: Pick<CapacityResult, 'machine' | 'target'>,
): string | null {
  if (before.target !== now.target)
    return `the baseline loaded ${before.target ?? "the stack's own stand-ins"}`;
  if (
    before.machine.cores !== now.machine.cores ||
    before.machine.cpuModel !== now.machine.cpuModel
  )
    return `the baseline is from another machine (${before.machine.cores} cores, ${before.machine.cpuModel})`;
  return null;
}

/** By which share it changed, in words; nothing where nothing held before. */
function changeOf(before: number, now: number): string {
  if (before === 0) return '';
  const share = now / before - 1;
  return ` (${share >= 0 ? '+' : '−'}${Math.abs(share * 100).toFixed(0)}%)`;
}
