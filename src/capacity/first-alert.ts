import { loadText, withUnit } from '../lib/amounts.ts';
import type { Breach, StepMeasurement, StepRecord } from '../model/capacity-step.ts';
import type { DimensionResult } from '../model/capacity.ts';
import type { SaturationPoint } from '../model/saturation.ts';
import { FIGURES } from '../model/figures.ts';
import type { FigureName } from '../model/figures.ts';

/** What the subject itself counts of a figure that its users feel: this is what an alert reads. */
const SERVED: Partial<Record<FigureName, FigureName>> = {
  latencyP95Seconds: 'servedP95Seconds',
  errorShare: 'servedErrorShare',
};

/**
 * The alert whose limit is the first to break, and from which load on: the lowest load above the
 * saturation point at which it broke, for its users and in the subject's own metrics, as far as
 * those are known. Null when no alert watches what broke.
 */
export function firstAlertOf(
  steps: StepRecord[],
  saturationPoint: SaturationPoint,
): DimensionResult['firstAlert'] {
  for (const { measurement, breaches } of brokenOf(steps, saturationPoint)) {
    const first = breaches.find((breach) => servedOf(measurement, breach)?.keeps !== true);
    if (first?.limit.alert) return { alert: first.limit.alert, load: measurement.load };
  }
  return null;
}

/**
 * The alert that watches what broke first, if it would stay quiet: what waits before the subject is
 * in no metric of it.
 */
export function blindAlertOf(
  steps: StepRecord[],
  saturationPoint: SaturationPoint,
): DimensionResult['blindAlert'] {
  const [lowest] = brokenOf(steps, saturationPoint);
  for (const breach of lowest?.breaches ?? []) {
    const { limit, value } = breach;
    const served = lowest && servedOf(lowest.measurement, breach);
    if (!lowest || !limit.alert || !served?.keeps) continue;
    const unit = FIGURES[limit.figure].unit;
    return {
      alert: limit.alert,
      load: lowest.measurement.load,
      text:
        `${limit.alert} would stay quiet at ${loadText(lowest.measurement.load)}: for those who ` +
        `ask, ${limit.title} is ${withUnit(value, unit)}, and by the service's own metrics it is ` +
        `${withUnit(served.value, unit)}, since it doesn't count what waits before it`,
    };
  }
  return null;
}

/**
 * Steps above the saturation point that broke a limit which an alert watches, ascending; of each,
 * what is furthest beyond its limit comes first.
 */
function brokenOf(
  steps: StepRecord[],
  saturationPoint: SaturationPoint,
): { measurement: StepMeasurement; breaches: Breach[] }[] {
  if (saturationPoint.kind !== 'found') return [];
  return steps
    .flatMap(({ verdict, measurement }) => {
      if (verdict.outcome !== 'breaks' || measurement.load <= saturationPoint.load) return [];
      const breaches = verdict.breaches
        .filter(({ limit }) => limit.alert !== null)
        .sort((a, b) => b.value / b.limit.value - a.value / a.limit.value);
      return breaches.length === 0 ? [] : [{ measurement, breaches }];
    })
    .sort((a, b) => a.measurement.load - b.measurement.load);
}

/**
 * The same figure by the subject's own metrics, and whether it keeps the limit; undefined where it
 * isn't known.
 */
function servedOf(
  measurement: StepMeasurement,
  { limit }: Breach,
): { value: number; keeps: boolean } | undefined {
  const name = SERVED[limit.figure];
  const value =
    name && (limit.part === null ? measurement.figures : measurement.parts[limit.part])?.[name];
  return value === undefined ? undefined : { value, keeps: value <= limit.value };
}
