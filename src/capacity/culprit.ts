import type { Culprit } from '../model/saturation.ts';
import type { StepRecord } from '../model/capacity-step.ts';
import { loadText } from '../lib/amounts.ts';
import { USED_UP_SHARE } from './judge-step.ts';
import { breachedUses, generatorUse, usesOf } from './uses.ts';
import type { Use } from './uses.ts';

/**
 * The resource that gave out first: the one that was used up at the lowest load, with the figures
 * that show it. A process with one event loop has one core, however many the machine has; so
 * processes are looked at before the machine.
 * @param steps of one dimension; null when nothing broke
 */
export function culpritOf(steps: StepRecord[], unit: string): Culprit | null {
  const counted = countedOf(steps);
  const broken = counted.find(({ verdict }) => verdict.outcome !== 'holds');
  if (!broken) return null;
  const lowest = broken.measurement.load;
  for (const step of counted) {
    const { load } = step.measurement;
    // What was used up at a load that held was not what broke it; only the last tenth below the
    // first break is telling.
    if (load < lowest * USED_UP_SHARE) continue;
    const use = mostUsedUp(step);
    if (use) {
      const { resource, of, figure, value, limit } = use;
      const text = `${use.text} at ${loadText(load)} ${unit}`;
      return { resource, of, load, figure, value, limit, text };
    }
  }
  return unknownCulprit(lowest, unit);
}

/** The steps that say something, by their loads. */
function countedOf(steps: StepRecord[]): StepRecord[] {
  const held = new Set(
    steps
      .filter(({ verdict }) => verdict.outcome === 'holds')
      .map(({ measurement }) => measurement.load),
  );
  // A generator that could send a load after all was held up by something else that time.
  return steps
    .filter(
      ({ verdict, measurement }) =>
        verdict.outcome !== 'invalid' ||
        (verdict.reason === 'generator' && !held.has(measurement.load)),
    )
    .sort((a, b) => a.measurement.load - b.measurement.load);
}

/** Of what was used up in a step, what was used the most. */
function mostUsedUp({ measurement, verdict }: StepRecord): Use | undefined {
  const byGenerator = verdict.outcome === 'invalid' ? [generatorUse(measurement)] : [];
  return [...byGenerator, ...usesOf(measurement), ...breachedUses(measurement, verdict)]
    .filter((use) => use.pressure >= 1)
    .sort((a, b) => b.pressure - a.pressure)[0];
}

function unknownCulprit(load: number, unit: string): Culprit {
  return {
    resource: 'unknown',
    of: 'the subject',
    load,
    figure: 'none',
    value: 0,
    limit: 0,
    text:
      `nothing that was measured was used up at ${loadText(load)} ${unit}: what broke waits ` +
      "for something that can't be seen from here (a lock, a database, another machine)",
  };
}
