import { COMPONENT } from '../lib/components.ts';
import { inactiveWithinMs, receivedWithinMs } from '../lib/formulas.ts';
import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Companion, Track } from '../model/track.ts';
import { levelsOf, signalOf } from './levels.ts';
import type { Levels } from './levels.ts';
import { forgottenWithinMs, timingFor } from './timings.ts';
import type { Timings } from './timings.ts';

/** The other alerts that watch what a state alert's stimulus moves. */
export function onTheSameSignal(alert: AlertContract, all: AlertContract[]): AlertContract[] {
  const signal = signalOf(alert.stimulus);
  return all.filter(
    (other) =>
      other !== alert &&
      signal !== null &&
      signalOf(other.stimulus) === signal &&
      levelsOf(other.stimulus) !== undefined,
  );
}

/**
 * Whether an alert with these levels is surely quiet at a level of their signal: near, or on near's
 * far side.
 */
export function quietAt({ near, over }: Levels, level: number): boolean {
  return over > near ? level <= near : level >= near;
}

/**
 * Which other alerts may be active by right while a state alert's track lasts, since it takes the
 * signal that they watch beyond their own `near`; each from the first such level until its window
 * is empty and its end is told.
 */
export function companionsOnSignal(
  track: Track,
  others: AlertContract[],
  timings: Timings,
): Companion[] {
  return others.flatMap((other) => {
    const levels = levelsOf(other.stimulus);
    const loud = track.steps.filter((step) => levels && !quietAt(levels, step.level));
    const [first, last] = [loud[0], loud.at(-1)];
    if (!first || !last) return [];
    return [companion(track, other, other.labels, first.startMs, last.endMs, timings)];
  });
}

/**
 * Which other alerts may be active by right from the freeze of a job's component until it is back.
 * @param down other alerts on outages, which tell of this job
 * @param brought alerts on what this outage brings with it elsewhere
 */
export function companionsOfOutage(
  track: Track,
  job: JobContract,
  { down, brought }: Record<'down' | 'brought', AlertContract[]>,
  timings: Timings,
): Companion[] {
  const from = track.steps.find(({ level }) => level < COMPONENT.running)?.startMs ?? 0;
  const until = track.steps.at(-1)?.endMs ?? 0;
  const one = (other: AlertContract, labels: Record<string, string>): Companion =>
    companion(track, other, labels, from, until, timings);
  return [
    ...down.map((other) => one(other, { ...other.labels, job: job.name, instance: job.target })),
    ...brought.map((other) => one(other, other.labels)),
  ];
}

/**
 * The same where Prometheus is stopped: what is still active then ends when Alertmanager has waited
 * for it in vain.
 * @param stoppedMs when Prometheus is stopped
 */
export function outlasting(
  companions: Companion[],
  stoppedMs: number,
  timings: Timings,
): Companion[] {
  return companions.map((one) => {
    if (one.untilMs <= stoppedMs) return one;
    const timing = timings.alerts[one.alert];
    if (!timing) return one;
    const goneMs = stoppedMs + forgottenWithinMs(timing, timings);
    const untilMs = goneMs + receivedWithinMs(timing, 'resolved');
    return { ...one, untilMs: Math.max(one.untilMs, untilMs) };
  });
}

function companion(
  track: Track,
  other: AlertContract,
  labels: Record<string, string>,
  fromMs: number,
  calmMs: number,
  timings: Timings,
): Companion {
  const timing = timingFor(timings, other);
  const untilMs =
    calmMs + inactiveWithinMs(timing, timing.windowMs) + receivedWithinMs(timing, 'resolved');
  return { alert: other.name, labels, track: track.id, fromMs, untilMs };
}
