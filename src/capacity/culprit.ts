import type { Culprit } from '../model/saturation.ts';
import type { StepRecord } from '../model/capacity-step.ts';
import { loadText } from '../lib/amounts.ts';
import { USED_UP_SHARE } from './judge-step.ts';
import { breachedUses, generatorUse, usesOf } from './uses.ts';

/**
 * The resource that gave out first: the one that was used up at the lowest load, with the figures
 * that show it. A process with one event loop has one core, however many the machine has; so
 * processes are looked at before the machine.
 * @param steps of one dimension; null when nothing broke
 */
export function culpritOf(steps: StepRecord[], unit: string): Culprit | null {
  const held = new Set(
    steps
      .filter(({ verdict }) => verdict.outcome === 'holds')
      .map(({ measurement }) => measurement.load),
  );
  // A generator that could send a load after all was held up by something else that time.
  const counted = steps
    .filter(
      ({ verdict, measurement }) =>
        verdict.outcome !== 'invalid' ||
        (verdict.reason === 'generator' && !held.has(measurement.load)),
    )
    .sort((a, b) => a.measurement.load - b.measurement.load);
  const broken = counted.filter(({ verdict }) => verdict.outcome !== 'holds');
  if (broken.length === 0) return null;
  const lowest = broken[0]?.measurement.load ?? 0;
  for (const { measurement, verdict } of counted) {
    // What was used up at a load that held was not what broke it; only the last tenth below the
    // first break is telling.
    if (measurement.load < lowest * USED_UP_SHARE) continue;
    const byGenerator = verdict.outcome === 'invalid' ? [generatorUse(measurement)] : [];
    const first = [...byGenerator, ...usesOf(measurement), ...breachedUses(measurement, verdict)]
      .filter((use) => use.pressure >= 1)
      .sort((a, b) => b.pressure - a.pressure)[0];
    if (first)
      return {
        resource: first.resource,
        of: first.of,
        load: measurement.load,
        figure: first.figure,
        value: first.value,
        limit: first.limit,
        text: `${first.text} at ${loadText(measurement.load)} ${unit}`,
      };
  }
  return {
    resource: 'unknown',
    of: 'the subject',
    load: lowest,
    figure: 'none',
    value: 0,
    limit: 0,
    text:
      `nothing that was measured was used up at ${loadText(lowest)} ${unit}: what broke waits ` +
      "for something that can't be seen from here (a lock, a database, another machine)",
  };
}
