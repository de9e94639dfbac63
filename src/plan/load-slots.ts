import { componentSignal } from '../lib/plan-names.ts';
import type { LoadPlan, LoadSlot } from '../model/load-plan.ts';
import type { SignalStep } from '../model/track.ts';
import { changesRequestsOf } from '../technologies/offered.ts';
import type { Undivided } from './undivided.ts';

/** A service's account has at most this many steady slots. */
const MOST_SLOTS = 16;

/** A stretch in which a service's load or its answers change, ms. */
export interface Change {
  fromMs: number;
  toMs: number;
}

export interface LoadChanges {
  signals: Record<string, SignalStep[]>;
  probes: LoadPlan['probes'];
  /** The widest window of the panels that are held against slots. */
  panelWindowMs: number;
  lengthMs: number;
}

/** The slots of k6's account of one service, which is scraped as `job`. */
export function slotsOfService(
  service: string,
  job: string,
  { signals, probes, panelWindowMs, lengthMs }: LoadChanges,
  { settledMs, serviceStartMs, lookMs }: Undivided,
): LoadSlot[] {
  const steps = Object.entries(signals)
    .filter(([signal]) => changesRequestsOf(service, signal))
    .flatMap(([, taken]) => taken.map(({ atMs }) => atMs));
  const probe = probes[service];
  // The load itself begins at T0.
  const ofLoad = [0, ...steps, ...(probe ? [probe.startMs] : [])].map((atMs) => ({
    fromMs: atMs,
    toMs: atMs + settledMs,
  }));
  // What was asked for just before a service stops has no answer.
  const ofService = (signals[componentSignal(job)] ?? []).map(({ atMs }) => ({
    fromMs: atMs - settledMs,
    toMs: atMs + settledMs + serviceStartMs,
  }));
  const steadyMs = Math.max(panelWindowMs + lookMs, lengthMs / MOST_SLOTS);
  return slotsOf([...ofLoad, ...ofService], steadyMs, lengthMs);
}

/**
 * Cuts the time of a service's load into slots: where each change begins and ends, and what is
 * steady between two of them into parts. A grid that knows nothing of the changes leaves hardly a
 * slot without one.
 * @param steadyMs a steady slot lasts so long at least, where there is room: a window, and points
 * after it
 * @param lengthMs when the load ends
 */
export function slotsOf(changes: Change[], steadyMs: number, lengthMs: number): LoadSlot[] {
  const slots: LoadSlot[] = [];
  const steadyUntil = (untilMs: number): void => {
    slots.push(...parts(slots.at(-1)?.untilMs ?? 0, untilMs, steadyMs));
  };
  for (const { fromMs, toMs } of merged(changes, lengthMs)) {
    steadyUntil(fromMs);
    slots.push({ untilMs: toMs, isSteady: false });
  }
  steadyUntil(lengthMs);
  return slots;
}

/** The changes within the load's time, in order; those that touch each other are one. */
function merged(changes: Change[], lengthMs: number): Change[] {
  const whole: Change[] = [];
  for (const change of changes.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const [fromMs, toMs] = [Math.max(0, change.fromMs), Math.min(change.toMs, lengthMs)];
    const last = whole.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else if (fromMs < toMs) whole.push({ fromMs, toMs });
  }
  return whole;
}

/** As many equal parts of a steady stretch as it has room for, one at least; none of no stretch. */
function parts(fromMs: number, toMs: number, leastMs: number): LoadSlot[] {
  if (toMs <= fromMs) return [];
  const count = Math.max(1, Math.floor((toMs - fromMs) / leastMs));
  return Array.from({ length: count }, (_, i) => ({
    untilMs: fromMs + ((toMs - fromMs) * (i + 1)) / count,
    isSteady: true,
  }));
}
