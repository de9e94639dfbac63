import type { DimensionResult, Knee, StepRecord } from '../model/capacity.ts';

/**
 * The alert whose limit is the first to break, and from which load on: the lowest load at which it broke, not below the knee.
 * Null when no alert watches what broke, or nothing did.
 */
export function firstAlertOf(steps: StepRecord[], knee: Knee): DimensionResult['firstAlert'] {
  if (knee.kind !== 'found') return null;
  const broken = steps.filter(({ verdict, measurement }) => verdict.outcome === 'breaks' && measurement.load > knee.load).sort((a, b) => a.measurement.load - b.measurement.load);
  for (const { verdict, measurement } of broken) {
    if (verdict.outcome !== 'breaks') continue;
    // Of several that broke together, the one that is furthest beyond its limit.
    const first = verdict.breaches.filter(({ limit }) => limit.alert !== null).sort((a, b) => b.value / b.limit.value - a.value / a.limit.value)[0];
    if (first?.limit.alert) return { alert: first.limit.alert, load: measurement.load };
  }
  return null;
}
