import type { Breach, StepMeasurement, StepVerdict } from '../model/capacity-step.ts';
import type { Limit } from '../model/dimension.ts';
import { FIGURES } from '../model/figures.ts';
import type { FigureName } from '../model/figures.ts';
import { withUnit } from '../lib/amounts.ts';
import { fallsBehind } from './falls-behind.ts';
import { keeps, valueOf } from './limits.ts';

/** A step counts only when the generator sent what it should: the share that it may drop. */
export const MOST_DROPPED_SHARE = 0.001;
/** CPU that others may take in a step, as a share of all cores. */
export const MOST_OTHERS_SHARE = 0.15;
/** Likewise what a hypervisor takes away. */
export const MOST_STEAL_SHARE = 0.05;
/**
 * Below this the generator has CPU to spare, of what the others leave it: what it dropped, it
 * dropped because all of its users waited.
 */
export const IDLE_GENERATOR_SHARE = 0.8;
/**
 * From here on the generator is at its limit, of what the others leave it: what it sends and reads
 * late says nothing of the subject.
 */
export const SATURATED_GENERATOR_SHARE = 0.95;
/**
 * From which share of what it can have at most a resource counts as used up: who used that much
 * held things up itself.
 */
export const USED_UP_SHARE = 0.9;
/**
 * Figures that a generator at its limit spoils: it takes requests' times, and reads answers, too
 * late.
 */
const SPOILED: readonly FigureName[] = ['latencyP95Seconds', 'achievedPerSecond'];
/** What breaks when the generator was idle and all of its users waited. */
const BACKLOG: Limit = {
  title: 'requests for which every virtual user still waited',
  figure: 'droppedShare',
  part: null,
  bound: 'at most',
  value: MOST_DROPPED_SHARE,
  alert: null,
  source: null,
};

/**
 * Whether a step says anything, and what. In this order, so that nobody is blamed for what another
 * did: trouble; a busy machine; a figure that is missing; a limit that broke; a generator that
 * didn't keep up. What is dropped while the subject breaks its limits was held up by the subject:
 * all virtual users waited for it. But where the generator was at its limit, and the subject
 * wasn't, slow answers are the generator's own slowness.
 */
export function judgeStep(measurement: StepMeasurement, limits: Limit[]): StepVerdict {
  const broken = brokenOf(measurement, limits);
  return (
    troubled(measurement, broken) ??
    onBusyMachine(measurement) ??
    notMeasured(measurement, limits) ??
    limitsBroken(measurement, broken) ??
    loadDropped(measurement) ?? { outcome: 'holds' }
  );
}

function brokenOf(measurement: StepMeasurement, limits: Limit[]): Breach[] {
  return limits.flatMap((limit): Breach[] => {
    const value = valueOf(measurement, limit);
    return value === undefined || keeps(limit, value) ? [] : [{ limit, value }];
  });
}

function troubled({ trouble }: StepMeasurement, broken: Breach[]): StepVerdict | undefined {
  if (!trouble) return undefined;
  // Without file handles nobody can be asked anything: what looks like trouble is the answer.
  const outOfFiles = broken.filter(({ limit }) => limit.figure === 'openFilesShare');
  return outOfFiles.length > 0
    ? { outcome: 'breaks', breaches: outOfFiles }
    : { outcome: 'invalid', reason: trouble.kind, detail: trouble.detail };
}

function onBusyMachine(measurement: StepMeasurement): StepVerdict | undefined {
  const busy = [
    over(measurement, 'othersCpuShare', MOST_OTHERS_SHARE),
    over(measurement, 'stealShare', MOST_STEAL_SHARE),
  ].filter((text) => text !== null);
  return busy.length > 0
    ? { outcome: 'invalid', reason: 'busy-machine', detail: busy.join('; ') }
    : undefined;
}

function notMeasured(measurement: StepMeasurement, limits: Limit[]): StepVerdict | undefined {
  const missing = limits.filter((limit) => valueOf(measurement, limit) === undefined);
  if (limits.length > 0 && missing.length === 0) return undefined;
  return {
    outcome: 'invalid',
    reason: 'not-measured',
    detail:
      limits.length === 0
        ? 'there is no limit to hold it against'
        : `not measured: ${missing.map((limit) => limit.title).join(', ')}`,
  };
}

/** Broken by the subject, or by a generator that was at its limit alone. */
function limitsBroken(measurement: StepMeasurement, broken: Breach[]): StepVerdict | undefined {
  const breaches = [...broken, ...fallsBehind(measurement)];
  if (breaches.length === 0) return undefined;
  const blamed = generatorAlone(measurement)
    ? breaches.filter(({ limit }) => !SPOILED.includes(limit.figure))
    : breaches;
  if (blamed.length > 0) return { outcome: 'breaks', breaches: blamed };
  return {
    outcome: 'invalid',
    reason: 'generator',
    detail:
      'answers were read late, and the generator was at its ' +
      `limit${cpuOf(measurement)}, what it loads was not`,
  };
}

/** Load that wasn't sent though every promise was kept. */
function loadDropped(measurement: StepMeasurement): StepVerdict | undefined {
  const { droppedShare: dropped = 0, generatorCpuShare = 1 } = measurement.figures;
  if (!(dropped >= MOST_DROPPED_SHARE)) return undefined;
  if (generatorCpuShare < IDLE_GENERATOR_SHARE)
    return { outcome: 'breaks', breaches: [{ limit: BACKLOG, value: dropped }] };
  return {
    outcome: 'invalid',
    reason: 'generator',
    detail:
      `${FIGURES.droppedShare.title} ${withUnit(dropped, 'share')}, though every promise was ` +
      `kept: the generator was the limit${cpuOf(measurement)}`,
  };
}

/** Whether the generator was at its limit, and no process of the subject was. */
function generatorAlone({ figures, processes }: StepMeasurement): boolean {
  const subject = processes.filter(({ role }) => role === 'subject');
  return (
    (figures.generatorCpuShare ?? 0) >= SATURATED_GENERATOR_SHARE &&
    subject.every(({ cpuCores, cpuLimitCores }) => cpuCores < USED_UP_SHARE * cpuLimitCores)
  );
}

function over(measurement: StepMeasurement, figure: FigureName, most: number): string | null {
  const value = measurement.figures[figure];
  return value !== undefined && value > most
    ? `${FIGURES[figure].title} ${withUnit(value, FIGURES[figure].unit)}, over ${withUnit(most, FIGURES[figure].unit)}`
    : null;
}

function cpuOf({ figures: { generatorCpuShare } }: StepMeasurement): string {
  return generatorCpuShare === undefined
    ? ''
    : ` (it used ${withUnit(generatorCpuShare, 'share')} of the CPU that was left to it)`;
}
