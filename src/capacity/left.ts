import type { Tried } from './bracket.ts';
import { nextStep } from './search.ts';
import type { SearchOptions } from './search.ts';

/** A search that takes longer than this has lost its way. */
const MOST_STEPS = 200;

/**
 * How many steps are left, if the saturation point lies where it seems to: in the middle of what is
 * known, twice what has held. The search itself is run forward against a system with that
 * saturation point.
 */
export function stepsLeft(options: SearchOptions, tried: readonly Tried[]): number {
  const holds = Math.max(0, ...tried.filter((s) => s.outcome === 'holds').map((s) => s.load));
  const breaks = Math.min(
    options.max,
    ...tried.filter((s) => s.outcome === 'breaks').map((s) => s.load),
  );
  const broke = tried.some((s) => s.outcome === 'breaks');
  const saturationPoint = broke
    ? (Math.min(holds, breaks) + breaks) / 2
    : Math.min(options.max, Math.max(holds, options.start) * 3);
  const imagined: Tried[] = [...tried];
  for (let left = 0; left < MOST_STEPS; left++) {
    const next = nextStep(options, imagined);
    if (next.kind === 'done') return left;
    imagined.push({
      repetition: next.repetition,
      load: next.load,
      reason: next.reason,
      outcome: next.load <= saturationPoint ? 'holds' : 'breaks',
    });
  }
  return MOST_STEPS;
}
