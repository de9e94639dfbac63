/**
 * Signals, steps and spans have names in the files of a run, by which k6's tags, the timeline and
 * the verdicts speak of the same thing. They are written and read here and nowhere else.
 */

import type { SignalName } from '../model/track.ts';

/** Who moves a signal, and what it is. */
export type Signal =
  | { by: 'k6'; what: string }
  | { by: 'runtime'; job: string }
  /** Of the technology that has it. */
  | { by: 'actor'; what: string };

const LOAD = 'load.';
const COMPONENT = 'component.';

/** The signal of this name. */
export function signalOfName(name: SignalName): Signal {
  if (name.startsWith(LOAD)) return { by: 'k6', what: name.slice(LOAD.length) };
  if (name.startsWith(COMPONENT)) return { by: 'runtime', job: name.slice(COMPONENT.length) };
  return { by: 'actor', what: name };
}

/** Whether k6 moves it: its load, or what the load provokes. */
export function isLoad(name: SignalName): boolean {
  return signalOfName(name).by === 'k6';
}

/** The job whose component is started, frozen and stopped by it; undefined for any other signal. */
export function jobMovedBy(name: SignalName): string | undefined {
  const signal = signalOfName(name);
  return signal.by === 'runtime' ? signal.job : undefined;
}

/** The signal of a job's component. */
export function componentSignal(job: string): SignalName {
  return `${COMPONENT}${job}`;
}

/** One act of a track. */
export interface StepId {
  /** `TargetDown/api`. */
  track: string;
  /** Of the track, or `follower-` and the track's phase in which its follower is moved. */
  phase: string;
}

/** The name of an act of a track: `TargetDown/api/outage`. */
export function stepName({ track, phase }: StepId): string {
  return `${track}/${phase}`;
}

/** The step of this name: a track's name may have slashes, a phase has none. */
export function stepOfName(name: string): StepId {
  const end = name.lastIndexOf('/');
  return { track: name.slice(0, end), phase: name.slice(end + 1) };
}

/** A part of a service's life between two stops, counted from 1. */
export interface SpanId {
  /** The rest begins with a freeze, the start ends when it surely answers again. */
  part: 'all' | 'rest' | 'end' | 'start';
  life: number;
}

/** The name of a part of a service's life: `life 1`, `end of life 1`. */
export function spanName({ part, life }: SpanId): string {
  return part === 'all' ? `life ${life}` : `${part} of life ${life}`;
}

/** The span of this name. @throws Error for a name that no span has */
export function spanOfName(name: string): SpanId {
  const [, part = 'all', life] = /^(?:(rest|end|start) of )?life (\d+)$/.exec(name) ?? [];
  if (life === undefined) throw new Error(`no span is called ${name}`);
  return { part: part as SpanId['part'], life: Number(life) };
}
